"""What makes a quiz teach: signal and noise, no constant answer that pays, reasons, quotations."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from quizapp.content.model import Quiz, Source
from quizapp.content.reasons import reason_problems, typography_problems
from quizapp.core.scores import FULL, percent
from quizapp.exercises.base import JSON, Problem, Severity
from quizapp.exercises.registry import get_kind
from quizapp.exercises.schema import join_path

SIGNAL_SHARE = (Fraction(40, 100), Fraction(60, 100))
CONSTANT_LIMIT = FULL // 2
SENTENCES = 3
QUOTED_SHARE = Fraction(35, 100)
OWN_TO_QUOTED = 3
_WORD = re.compile(r"\S*\w\S*")
OWN_KEYS = frozenset({"title", "intro", "question", "why", "text", "neutral"})


def quiz_problems(quiz: Quiz, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what keeps a quiz from teaching; `data` is the file as written, for the places."""
    yield from _signal_problems(quiz)
    points = [constant_points(exercise) for exercise in quiz.exercises]
    yield from _constant_problems(quiz, points)
    yield from _longest_problems(quiz)
    yield from _control_problems(quiz, points)
    yield from _list_problems(quiz)
    yield from _truth_problems(quiz)
    for i, exercise in enumerate(quiz.exercises):
        path = join_path("exercises", i)
        if len(exercise.passage.sentences) > SENTENCES:
            params = {"sentences": len(exercise.passage.sentences)}
            yield Problem("passage_long", join_path(path, "passages"), params)
        yield from _kind_problems(exercise, path)
    for path, key, text in own_texts(data):
        if key == "why":
            yield from reason_problems(text, path, quiz.language)
        if quiz.language == "fr":
            yield from typography_problems(text, path)


def own_texts(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (path, key, text) of every text of our own in a quiz file."""
    pending: list[tuple[JSON, str, str]] = [(data, "", "")]
    while pending:
        value, path, key = pending.pop()
        members = value.items() if isinstance(value, Mapping) else enumerate(value)
        for name, member in members:
            inner = name if isinstance(name, str) else key
            if isinstance(member, str):
                if inner in OWN_KEYS:
                    yield join_path(path, name), inner, member
            elif isinstance(member, list | Mapping):
                pending.append((member, join_path(path, name), inner))


def _signal_problems(quiz: Quiz) -> Iterator[Problem]:
    counts = [get_kind(e.kind).trials_key(e) for e in quiz.exercises]
    signal, noise = sum(s for s, _ in counts), sum(n for _, n in counts)
    if signal + noise == 0:
        return
    share = Fraction(signal, signal + noise)
    if not SIGNAL_SHARE[0] <= share <= SIGNAL_SHARE[1]:
        params = {"share": round(share * 100), "signal": signal, "all": signal + noise}
        yield Problem("signal_share", "exercises", params)


def constant_points(exercise: Any) -> Mapping[str, int]:
    """Return the points of each constant answer to an exercise."""
    kind = get_kind(exercise.kind)
    sooner = getattr(kind, "constant_points", None)  # a kind with many of them may have it
    if sooner is not None:
        return dict(sooner(exercise))
    answers = kind.constant_answers(exercise).items()
    return {answer: kind.grade(exercise, payload).points for answer, payload in answers}


def constant_scores(points: Sequence[Mapping[str, int]]) -> dict[str, Fraction]:
    """Return the mean points of each constant answer to exercises of one kind."""
    totals: Counter[str] = Counter()
    for of_exercise in points:
        totals.update(of_exercise)
    return {answer: Fraction(total, len(points)) for answer, total in totals.items()}


def _constant_problems(quiz: Quiz, points: Sequence[Mapping[str, int]]) -> Iterator[Problem]:
    """Yield the constant answer that scores best in each kind, if it scores too much.

    An answer that also looks at what is offered (its name has a "/") is only a warning.
    """
    for name in dict.fromkeys(exercise.kind for exercise in quiz.exercises):
        of_kind = [p for p, e in zip(points, quiz.exercises, strict=True) if e.kind == name]
        scores = constant_scores(of_kind)
        for mark, severity in (("", Severity.ERROR), ("/", Severity.WARNING)):
            of_sort = [item for item in scores.items() if ("/" in item[0]) == bool(mark)]
            answer, mean = max(of_sort, key=lambda item: item[1], default=("", Fraction(0)))
            if mean > CONSTANT_LIMIT:
                params = {"answer": answer, "score": percent(round(mean))}
                yield Problem("constant_answer", "exercises", params, severity)


def _longest_problems(quiz: Quiz) -> Iterator[Problem]:
    """Yield a problem if the longest rewrite is the neutral one in most of the exercises."""
    marking: list[Any] = [e for e in quiz.exercises if e.kind == "loaded_language"]
    choices = [exercise.rewrites for exercise in marking if exercise.rewrites]
    right = sum(
        max(rewrites, key=lambda rewrite: len(rewrite.text)).verdict == "neutral"
        for rewrites in choices
    )
    if 2 * right > len(choices):
        params = {"right": right, "all": len(choices)}
        yield Problem("longest_pays", "exercises", params)


def _control_problems(quiz: Quiz, points: Sequence[Mapping[str, int]]) -> Iterator[Problem]:
    """Yield problems of marking exercises: control passages, and marking everything."""
    marking: list[Any] = [e for e in quiz.exercises if e.kind == "loaded_language"]
    controls = sum(not exercise.targets for exercise in marking)
    if controls < len(marking) // 4:
        params = {"controls": controls, "exercises": len(marking)}
        yield Problem("too_few_controls", "exercises", params)
    for i, of_exercise in enumerate(points):
        score = of_exercise.get("mark_all", 0)
        if score > 0:
            path = join_path(join_path("exercises", i), "targets")
            yield Problem("marking_all_pays", path, {"score": percent(score)})


def _list_problems(quiz: Quiz) -> Iterator[Problem]:
    """Yield the marking exercises without a list to answer from where others have one."""
    exercises: Sequence[Any] = quiz.exercises
    marking = [(i, e) for i, e in enumerate(exercises) if e.kind == "loaded_language"]
    without = [i for i, exercise in marking if not exercise.candidates]
    if len(without) < len(marking):
        for i in without:
            yield Problem("list_missing", join_path("exercises", i))


def _truth_problems(quiz: Quiz) -> Iterator[Problem]:
    """Warn where a quiz of facts and opinions lets verifiable mean true."""
    exercises: list[Any] = [e for e in quiz.exercises if e.kind == "fact_or_opinion"]
    truths = {segment.truth for exercise in exercises for segment in exercise.segments}
    if len(exercises) < 2:
        return
    for truth, code in (("inaccurate", "no_false_claim"), ("accurate", "no_true_claim")):
        if truth not in truths:
            yield Problem(code, "exercises", {}, Severity.WARNING)


def _kind_problems(exercise: Any, path: str) -> Iterator[Problem]:
    if exercise.kind == "check_a_number" and not any(card.weak for card in exercise.cards):
        yield Problem("no_weak_card", join_path(path, "cards"), {}, Severity.WARNING)


def source_problems(
    source: Source, quizzes: Iterable[tuple[Quiz, Mapping[str, Any]]]
) -> Iterator[Problem]:
    """Yield what all quizzes of a source together quote too much, or explain too little.

    Each quiz comes with its file as written.
    """
    quizzes = list(quizzes)
    shown = {name for quiz, _ in quizzes for e in quiz.exercises for name in e.passage.ids}
    quoted = sum(_count(source.passages[name].text) for name in shown)
    if source.words is None:
        yield Problem("words_missing", "", {}, Severity.WARNING)
    elif Fraction(quoted, source.words) > QUOTED_SHARE:
        share = round(Fraction(quoted * 100, source.words))
        params = {"shown": quoted, "words": source.words, "share": share}
        yield Problem("over_budget", "words", params)
    for language in dict.fromkeys(quiz.language for quiz, _ in quizzes):
        yield from _own_problems(language, [q for q in quizzes if q[0].language == language])


def _own_problems(
    language: str, quizzes: list[tuple[Quiz, Mapping[str, Any]]]
) -> Iterator[Problem]:
    texts = {name: text for quiz, _ in quizzes for name, text in _quoted(quiz)}
    quoted = sum(_count(text) for text in texts.values())
    own = sum(_count(text) for _, data in quizzes for *_, text in own_texts(data))
    if own < OWN_TO_QUOTED * quoted:
        params = {"language": language, "own": own, "quoted": quoted}
        yield Problem("too_little_own", "passages", params)


def _quoted(quiz: Quiz) -> Iterator[tuple[str, str]]:
    for exercise in quiz.exercises:
        passage = exercise.passage
        for name, (start, end) in zip(passage.ids, passage.bounds, strict=True):
            yield name, passage.text[start:end]


def _count(text: str) -> int:
    """Count words as a word processor does: what stands between spaces and has a letter in it."""
    return len(_WORD.findall(text))
