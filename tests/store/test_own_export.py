"""What a person is told about themselves: everything, and no mark before its release."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from quizapp.store import audit, installation, limits
from quizapp.store.assignments import Terms
from quizapp.store.db import write
from quizapp.store.models import Card, Feedback, canonical_json
from quizapp.store.own_export import MARKS, SHOWN, WITHHELD, export_account
from tests.store.footprints import TABLES, Footprints, dependents
from tests.store.school import HOUR, NOW, School, wrong

LATER = datetime(2026, 10, 5, 8, tzinfo=UTC)


def plain(value: object) -> object:
    """Return a value as JSON holds it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return json.loads(canonical_json(value))


def test_every_column_of_a_person_is_told_or_withheld_for_a_reason() -> None:
    owned = dependents("accounts")
    columns = {f"{name}.{column.name}" for name in owned for column in TABLES[name].columns}
    shown = {f"{name}.{column}" for name, all_of in SHOWN.items() for column in all_of}
    assert shown | set(WITHHELD) == columns
    assert not shown & set(WITHHELD)
    assert all(len(reason) > 10 for reason in WITHHELD.values())
    assert all(set(MARKS[name]) <= set(SHOWN[name]) for name in MARKS)


def test_what_is_stored_about_a_person_is_told_and_nothing_of_another(session: Session) -> None:
    own, other = (Footprints(session, number) for number in (1, 2))
    with write(session):
        for name in dependents("accounts"):
            own.plant(name), other.plant(name)
    data = export_account(session, own.rows["accounts"]["id"], LATER)
    for name, columns in SHOWN.items():
        [row] = data[name]
        for column in columns:
            assert row[column] == plain(own.rows[name][column]), f"{name}.{column}"
    text = canonical_json(data)
    assert own.rows["accounts"]["password_hash"] not in text
    assert own.rows["sessions"]["id"] not in text
    for name in SHOWN:
        for column, value in other.rows[name].items():
            if isinstance(value, str) and value != own.rows[name][column]:
                assert value not in text, f"{name}.{column}"


def test_what_a_person_did_is_told_too(session: Session, school: School) -> None:
    learner = school.learner.account_id
    with write(session):
        audit.record(session, learner, "class.create", NOW, target="class:1")
        audit.record(session, None, "class.archive", NOW)
        installation.issue_invitation(session, ["teacher"], learner, NOW)
        limits.record_try(session, limits.ACCOUNT, limits.account_key("lynx-vif-12"), NOW)
    data = export_account(session, learner, NOW)
    assert [row["action"] for row in data["log"]] == ["class.create"]
    assert [row["roles"] for row in data["invitations_made"]] == [["teacher"]]
    assert len(data["refused_tries"]) == 1


@pytest.mark.parametrize("feedback", [Feedback.AT_END, Feedback.AFTER_DUE])
def test_no_mark_is_told_before_its_release(school: School, feedback: Feedback) -> None:
    due = NOW + 48 * HOUR
    attempt = school.start(school.assign(Terms(feedback=feedback, due_at=due)))
    first, *others = school.exercises(attempt)
    school.answer(attempt, first, wrong(first))
    learner = school.learner.account_id
    with write(school.session):
        card = {"account_id": learner, "source_id": school.quiz_key[0], "exercise_id": first.id}
        school.session.add(Card(**card, card={}, due_at=NOW, created_at=NOW))
    before = export_account(school.session, learner, NOW)
    [answer] = before["responses"]
    assert answer["payload"]
    assert {answer[name] for name in MARKS["responses"]} == {None}
    assert before["attempt_scores"][0]["score"] is before["cells"][0]["score"] is None
    assert before["cards"] == []
    assert first.revision not in canonical_json(before)
    for exercise in others:
        school.answer(attempt, exercise)
    after = export_account(school.session, learner, due)
    marks = [answer[name] for answer in after["responses"] for name in MARKS["responses"]]
    assert len(marks) > 7
    assert None not in marks
    assert after["attempt_scores"][0]["score"] == after["cells"][0]["score"] > 0
    assert len(after["cards"]) == 1


def test_the_names_of_classes_and_quizzes_stand_beside_their_ids(school: School) -> None:
    school.start()
    data = export_account(school.session, school.learner.account_id, NOW)
    assert data["memberships"][0]["class"] == "3e B"
    assert data["attempts"][0]["title"]


def test_nobody_has_nothing(session: Session) -> None:
    with pytest.raises(LookupError):
        export_account(session, 12345, LATER)
