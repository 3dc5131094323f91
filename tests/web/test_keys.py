"""Before its release no key shows: two packs that differ in keys alone give equal bytes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, session
from jinja2 import ChoiceLoader, DictLoader

from quizapp.app import create_app
from quizapp.content.library import load_library
from quizapp.exercises.registry import get_kind
from quizapp.settings import Settings
from quizapp.store.models import Feedback
from quizapp.web.library import current_library
from tests.conftest import CompiledTemplates
from tests.content.pack import write_pack
from tests.web.key_variants import WHY, change_keys, change_later_keys
from tests.web.key_watch import DAY, WEEK, Watcher, differences

pytestmark = pytest.mark.slow

QUESTIONS = Path(__file__).parents[2] / "questions"
Pack = tuple[Path, Path]
STEPS = {
    key: {e.id: len(get_kind(e.kind).further_steps(e)) for e in quiz.exercises}
    for key, quiz in load_library([QUESTIONS]).quizzes.items()
    if {"technique", "cue"} & set(quiz.steps) and key[2] == "fr"
}
"""The steps after the first of each exercise, in the quizzes that ask any."""
SORTED = sum(STEPS["hua-bin-2025", "fait-ou-opinion-2", "fr"].values())
Plant = Callable[[Flask], None]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return QUESTIONS, change_keys(QUESTIONS, tmp_path_factory.mktemp("real") / "questions")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("small")
    root = write_pack(folder / "questions")
    return root, change_keys(root, folder / "other")


@pytest.fixture
def watchers(
    make_settings: Callable[..., Settings], sqlite_template: Path, tmp_path: Path
) -> Callable[..., list[Watcher]]:
    """Returns a learner on each of two packs, in an app and a database of their own."""

    def open_both(pack: Pack, plant: Plant | None = None) -> list[Watcher]:
        made = []
        for name, root in zip(("one", "other"), pack, strict=True):
            folder = tmp_path / name
            folder.mkdir()
            (folder / "quizapp.db").write_bytes(sqlite_template.read_bytes())
            settings = make_settings(f"sqlite:///{folder / 'quizapp.db'}")
            app = create_app(replace(settings, data=folder, questions=(root,)))
            app.jinja_env.bytecode_cache = CompiledTemplates()
            if plant is not None:
                plant(app)
            made.append(Watcher(app))
        return made

    return open_both


def before_the_answer(watcher: Watcher) -> None:
    """At once: up to and with the reply to each answer, whose key then shows."""
    watcher.look_around()
    watcher.look_at_try()
    for assignment in watcher.assign_all(Feedback.AT_ONCE):
        watcher.look_around()
        for address in watcher.exercises(watcher.begin(assignment)):
            watcher.send_badly(address)
            watcher.try_steps(address)
            watcher.answer(address)


def before_the_end(watcher: Watcher) -> None:
    """At the end: all but the last exercise of each quiz, then the reply to that one."""
    last = []
    for assignment in watcher.assign_all(Feedback.AT_END):
        attempt = watcher.begin(assignment)
        *answered, left = watcher.exercises(attempt)
        for address in answered:
            watcher.send_badly(address)
            watcher.answer(address)
            watcher.answer_again(address)
        watcher.get(f"{attempt}/results", 303)
        last.append(left)
    watcher.look_around()
    for address in last:
        watcher.answer(address)


def before_the_latest_due(watcher: Watcher) -> list[str]:
    """After due: everything, up to the due date of who has most time; return the attempts.

    A practice from before, whose answer was explained at the time, is shut again.
    """
    (source, quiz, _), *_ = watcher.quizzes
    practice = watcher.post(f"/quizzes/{source}/{quiz}/attempts", {}, 303)
    practised, *_ = watcher.exercises(practice)
    watcher.post(practised, {"unsure": "1"}, 303)
    attempts = []
    for assignment in watcher.assign_all(Feedback.AFTER_DUE):
        attempt = watcher.begin(assignment)
        attempts.append(attempt)
        for address in watcher.exercises(attempt):
            watcher.answer(address)
    for _ in range(2):
        watcher.look_around()
        watcher.get(practised)
        watcher.post(f"/quizzes/{source}/{quiz}/attempts", {}, 409)
        for attempt in attempts:
            page = watcher.get(f"{attempt}/results")
            assert "/exercises/" in page
        watcher.now += WEEK
        watcher.sign_in()
    return attempts


def before_another_class(watcher: Watcher, early: Feedback) -> None:
    """At once or at the end in one class, after due in another: all before the latest due there."""
    watcher.assign_elsewhere(Feedback.AFTER_DUE)
    for assignment in watcher.assign_all(early):
        attempt = watcher.begin(assignment)
        addresses = watcher.exercises(attempt)
        for address in addresses:
            watcher.send_badly(address)
            watcher.answer(address)
            watcher.answer_again(address)
        for days in (WEEK - DAY, WEEK):
            watcher.look_around()
            watcher.get(f"{attempt}/results")
            watcher.get(addresses[0])
            watcher.now += days
            watcher.sign_in()


def at_once_elsewhere(watcher: Watcher) -> None:
    before_another_class(watcher, Feedback.AT_ONCE)


def at_the_end_elsewhere(watcher: Watcher) -> None:
    before_another_class(watcher, Feedback.AT_END)


WAYS = [
    before_the_answer,
    before_the_end,
    before_the_latest_due,
    at_once_elsewhere,
    at_the_end_elsewhere,
]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_depends_on_the_key_before_the_release(
    watchers: Callable[..., list[Watcher]], small: Pack, way: Callable[[Watcher], Any]
) -> None:
    one, other = watchers(small)
    way(one)
    way(other)
    assert differences(one, other) == []
    assert not any(WHY in seen.body for seen in other.seen)


def test_the_real_pack_shows_no_key_either(
    watchers: Callable[..., list[Watcher]], real: Pack
) -> None:
    one, other = watchers(real)
    steps = 0
    for watcher in (one, other):
        attempts = [watcher.begin(each) for each in watcher.assign_all(Feedback.AFTER_DUE)]
        for addresses in map(watcher.exercises, attempts):
            for address in addresses:
                watcher.answer(address)
                steps += watcher.answer_step(address)
                watcher.try_steps(address)
            watcher.get(addresses[0])
        watcher.look_around()
    assert differences(one, other) == []
    assert not any(WHY in seen.body for seen in other.seen)
    assert len(one.seen) > 100
    assert steps == 2 * 2 * SORTED  # two watchers, each quiz in two languages


@pytest.mark.parametrize("other_technique", [False, True])
def test_the_key_of_a_step_and_the_reasons_show_after_its_answer_only(
    watchers: Callable[..., list[Watcher]], tmp_path: Path, other_technique: bool
) -> None:
    """At once the key of the exercise shows; that of a step does not, nor what tells it."""
    changed = change_later_keys(QUESTIONS, tmp_path / "later", technique=other_technique)
    one, other = watchers((QUESTIONS, changed))
    # The page of the third step shows the key of the second.
    most = 1 if other_technique else 2
    asked = 0
    for watcher in (one, other):
        with_steps = [key for key in watcher.quizzes if key in STEPS]
        for assignment in watcher.assign_all(Feedback.AT_ONCE, with_steps):
            for address in watcher.exercises(watcher.begin(assignment)):
                watcher.answer(address)
                steps = STEPS[with_steps[0]] | STEPS[with_steps[1]]
                for _ in range(min(most, steps[address.rpartition("/")[2]])):
                    assert watcher.answer_step(address)
                    asked += 1
    assert differences(one, other) == []
    assert asked > 20


def test_after_the_release_the_keys_show(
    watchers: Callable[..., list[Watcher]], small: Pack
) -> None:
    one, other = watchers(small)
    for watcher in (one, other):
        attempts = before_the_latest_due(watcher)
        watcher.seen.clear()
        for address in watcher.exercises(attempts[0], "results"):
            watcher.get(address)
    differing = {asked for asked, *_ in differences(one, other)}
    assert len(differing) == len(one.seen) == 4
    assert sum(WHY in seen.body for seen in other.seen) == 3


HEADER = "X-Targets"
LEAKS = {
    "learner/_ask.html": (
        "{{ csrf() }}",
        "{{ csrf() }}<i data-key='{{ part.form.exercise.targets | default([]) | length }}'></i>",
    ),
    "exercises/_evidence_cards.html": (
        "for card in cards",
        "for card in form.exercise.cards | sort(attribute='weak')",
    ),
    "learner/_saved.html": ("{% if stored %}", "{% if stored %}{{ stored.points }}"),
}


def plant_leaks(app: Flask) -> None:
    """Let a header, the cookie and three templates depend on the key."""
    loader = app.jinja_loader
    assert loader is not None
    leaky = {}
    for name, (old, new) in LEAKS.items():
        source, *_ = loader.get_source(app.jinja_env, name)
        assert source.count(old) == 1
        leaky[name] = source.replace(old, new)
    app.jinja_loader = ChoiceLoader([DictLoader(leaky), loader])

    def targets() -> int:
        quizzes = current_library().quizzes.values()
        return sum(len(getattr(e, "targets", ())) for quiz in quizzes for e in quiz.exercises)

    @app.after_request
    def leak(response: Response) -> Response:
        response.headers[HEADER] = str(targets())
        session["seen_targets"] = targets()
        return response


def test_planted_leaks_are_found(watchers: Callable[..., list[Watcher]], small: Pack) -> None:
    one, other = watchers(small, plant_leaks)
    for watcher in (one, other):
        (assignment,) = watcher.assign_all(Feedback.AT_END)
        marking, _, number = watcher.exercises(watcher.begin(assignment))
        for address in (marking, number):
            watcher.get(address)
        watcher.answer(number)
        watcher.get(number)
    found = {(asked.partition(" [")[0], part) for asked, part, *_ in differences(one, other)}
    assert {(f"GET {marking}", "body"), (f"GET {number}", "body")} <= found
    assert {("GET /privacy", "headers"), ("GET /privacy", "cookie")} <= found
    saved, order = (
        [seen.body for seen in watcher.seen if seen.asked.startswith(f"GET {number}")]
        for watcher in (one, other)
    )
    assert saved[0] != order[0]
    assert saved[-1] != order[-1]
