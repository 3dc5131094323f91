"""The guides: in both languages, and true to the commands, the settings and the loader."""

import re
from pathlib import Path

import click
import pytest

from quizapp import paths
from quizapp.cli import main
from quizapp.content.check import check
from quizapp.content.library import load_library
from quizapp.content.typography import find_slips
from quizapp.web.guides import EXAMPLE_QUIZZES, EXAMPLES, read_examples
from tests.client import Page, PageClient

GUIDES = ("authors", "teachers", "operators")
TEMPLATES = paths.TEMPLATES / "guides"
COMMAND = re.compile(r"python3 -m quizapp((?: +[^\s\"\\<]+)*)")
SETTING = re.compile(r"QUIZAPP_[A-Z_]+")
FOR_TESTS = {"QUIZAPP_HASH_METHOD"}
OF_ONE_EXERCISE = {"signal_share", "constant_answer", "words_missing"}
CODE = re.compile(r"<code>.*?</code>|<[^>]*>|{%.*?%}|{#.*?#}|{{.*?}}", re.DOTALL)


def templates(language: str) -> list[Path]:
    return sorted((TEMPLATES / language).glob("*.html"))


def open_guide(page: PageClient, name: str, language: str) -> Page:
    return page.get(f"/guide/{name}", headers={"Accept-Language": language})


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_says_the_same_in_both_languages(page: PageClient, name: str) -> None:
    french, english = (open_guide(page, name, language) for language in ("fr", "en"))

    assert french.one("html").get("lang") == "fr"
    assert french.h1 != english.h1
    for tag in ("h2", "li", "pre", "details", "tr"):
        assert len(french.all(tag)) == len(english.all(tag)), tag


def test_the_guides_are_found_from_every_page(page: PageClient) -> None:
    assert page.get("/privacy").all("a", href="/guide")
    index = page.get("/guide")
    for name in GUIDES:
        assert index.all("a", href=f"/guide/{name}")


def test_there_is_no_other_guide(page: PageClient) -> None:
    page.get("/guide/cooks", 404)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_command_of_a_guide_exists_with_its_options(language: str) -> None:
    named = [
        words.replace("\\n", " ").split()
        for path in templates(language)
        for line in path.read_text(encoding="utf-8").split("\\n")
        for words in COMMAND.findall(line)
    ]
    assert len(named) > 8
    for words in named:
        bare = not words or words[0].startswith("-")
        command: click.Command = main.commands["serve" if bare else words[0]]
        if isinstance(command, click.Group):
            command = command.commands[words[1]]
        options = {name for each in command.params for name in each.opts}
        assert {word for word in words if word.startswith("--")} <= options, words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_settings_of_the_guide_are_those_that_are_read(language: str) -> None:
    documented = set()
    for path in templates(language):
        documented |= set(SETTING.findall(path.read_text(encoding="utf-8")))
    read = set()
    for name in ("settings.py", "paths.py"):
        read |= set(SETTING.findall((paths.PACKAGE / name).read_text(encoding="utf-8")))

    assert documented == read - FOR_TESTS


def test_the_examples_load_and_show_every_kind() -> None:
    library = load_library([EXAMPLES.parent])

    assert library.problems == ()
    for language in ("fr", "en"):
        for kind, quiz in EXAMPLE_QUIZZES.items():
            shown = library.quizzes[EXAMPLES.name, quiz, language].exercises
            assert [exercise.kind for exercise in shown] == [kind]


def test_the_check_finds_nothing_in_the_examples_but_that_they_are_short() -> None:
    assert {problem.code for problem in check([EXAMPLES.parent])} <= OF_ONE_EXERCISE


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_shows_the_examples_as_they_are(page: PageClient, language: str) -> None:
    shown = [listing.text for listing in open_guide(page, "authors", language).all("pre")]

    for text in read_examples(language).values():
        assert " ".join(text.split()) in [" ".join(each.split()) for each in shown]


def test_the_french_guides_keep_to_french_typography() -> None:
    for path in templates("fr"):
        text = CODE.sub("x", path.read_text(encoding="utf-8"))
        assert list(find_slips(text)) == [], path
        assert "'" not in text, path
        assert not re.search(r"\b(tu|te|toi|ton|tes)\b", text), path
