"""Generates folders of questions like those that authors write, of any size, no two texts alike."""

import random
import re
from pathlib import Path

from quizapp.paths import QUESTIONS

QUIZZES_OF_A_SOURCE = 10
_REASON = re.compile(r"^(( *)why: >-\n)((?:\2 +.*\n)+)", re.MULTILINE)
_OWN = re.compile(r"\b[a-zà-ÿ]{4,}\b")


def write_packs(root: Path, files: int, seed: int = 1) -> list[Path]:
    """Write as many quiz files as told, ten to an article, and the articles; return all paths.

    Each is a real quiz with new ids and with the words of its reasons shuffled.
    """
    rng = random.Random(seed)
    folder = next(QUESTIONS.glob("*/source.yaml")).parent
    source = (folder / "source.yaml").read_text(encoding="utf-8")
    quizzes = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("fr/*.yaml"))]
    written = []
    for number in range(files):
        name = f"article-{number // QUIZZES_OF_A_SOURCE}"
        if number % QUIZZES_OF_A_SOURCE == 0:
            text = source.replace(f"id: {folder.name}", f"id: {name}", 1)
            written.append(_write(root / name / "source.yaml", text))
        quiz = f"quiz-{number}"
        text = _renamed(quizzes[number % len(quizzes)], quiz, rng)
        written.append(_write(root / name / "fr" / f"{quiz}.yaml", text))
    return written


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _renamed(text: str, quiz: str, rng: random.Random) -> str:
    text = re.sub(r"^id: .*$", f"id: {quiz}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^form: .*\n", "", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^  - id: ", f"  - id: {quiz.removeprefix('quiz-')}-", text, flags=re.MULTILINE)
    return _REASON.sub(lambda found: found[1] + _shuffled(found[3], rng), text)


def _shuffled(lines: str, rng: random.Random) -> str:
    words = _OWN.findall(lines)
    rng.shuffle(words)
    rest = iter(words)
    return _OWN.sub(lambda _: next(rest), lines)
