"""A slip is unused until its learner comes, on both kinds of database."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from quizapp.store import accounts, classes
from quizapp.store.accounts import Secret
from quizapp.store.db import write
from quizapp.store.models import SecretKind
from quizapp.store.slips import claim_slips, is_claimed

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)


def test_a_slip_is_claimed_once_and_only_by_a_learner_of_the_class(session: Session) -> None:
    nothing = Secret(SecretKind.NONE, None)
    with write(session):
        teacher = accounts.create_account(session, "ada", nothing, NOW, roles=["teacher"])
        lynx = accounts.create_account(session, "lynx", nothing, NOW)
        own, other = (
            classes.create_class(session, name, teacher, NOW) for name in ("3e B", "3e C")
        )
        classes.join_class(session, own, lynx, NOW)
    assert is_claimed(session, own, lynx) is False
    assert is_claimed(session, other, lynx) is None
    assert is_claimed(session, own, teacher) is None
    with write(session):
        assert claim_slips(session, lynx, NOW)
    with write(session):
        assert not claim_slips(session, lynx, NOW)
    assert is_claimed(session, own, lynx) is True
    with write(session):
        classes.remove_learner(session, own, lynx, NOW)
    assert is_claimed(session, own, lynx) is None
