"""No column holds more about a pupil than was decided: every text column says what is in it."""

import re

from sqlalchemy import Enum, String, Text

from quizapp.store.models import CanonicalJSON
from tests.store.footprints import TABLES, dependents

FREE = "free text, written by a person"
ABOUT_A_KEY = "free text of a teacher about a key, not about a person"
NAME = "a pseudonym, or a name that the teacher or a member of staff chose"
ID = "the id of content or of a language"
HASH = "a hash, from which nothing is read back"
OURS = "put together by this program"
TEXTS = {
    "accounts.login_name": NAME,
    "accounts.login_key": NAME,
    "accounts.password_hash": HASH,
    "accounts.language": ID,
    "sessions.id": HASH,
    "memberships.label": FREE,
    "notes.text": FREE,
    "contests.reason": FREE,
    "contests.class_decision": OURS,
    "contests.class_reason": ABOUT_A_KEY,
    "contests.source_id": ID,
    "contests.language": ID,
    "contests.exercise_id": ID,
    "contests.exercise_revision": HASH,
    "attempts.source_id": ID,
    "attempts.quiz_id": ID,
    "attempts.language": ID,
    "attempts.quiz_revision": HASH,
    "attempts.excluded": ID,
    "attempts.set_aside": ID,
    "responses.exercise_id": ID,
    "responses.kind": ID,
    "responses.exercise_revision": HASH,
    "responses.graded_revision": HASH,
    "responses.settled_revision": HASH,
    "responses.shown": OURS,
    "responses.payload": OURS,
    "responses.marks": OURS,
    "regraded_responses.from_revision": HASH,
    "regraded_responses.before": OURS,
    "regraded_responses.after": OURS,
    "cards.source_id": ID,
    "cards.exercise_id": ID,
    "cards.card": OURS,
    "cards.right_on": OURS,
}
FORBIDDEN = re.compile(
    r"mail|phone|birth|born|address|first_?name|last_?name|surname|gender|sex|photo|ip$|opinion"
)


def test_every_text_about_a_person_is_one_that_was_decided_on() -> None:
    found = {
        f"{name}.{column.name}"
        for name in dependents("accounts")
        for column in TABLES[name].columns
        if isinstance(column.type, String | Text | CanonicalJSON)
        and not isinstance(column.type, Enum)
    }
    assert found == set(TEXTS)


def test_only_three_columns_hold_what_people_write_about_pupils() -> None:
    free = {name for name, what in TEXTS.items() if what == FREE}
    assert free == {"memberships.label", "notes.text", "contests.reason"}


def test_no_table_has_a_column_for_what_is_never_asked() -> None:
    names = {f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns}
    assert not {name for name in names if FORBIDDEN.search(name.partition(".")[2])}
    assert FORBIDDEN.search("email")
    assert FORBIDDEN.search("birth_date")
