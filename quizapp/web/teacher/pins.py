"""New PINs for learners of a class, made in slices; each can be shown until its slip was printed.

A batch names accounts, the epochs their secrets had, and a random number, and is signed. Its PINs
follow from that number and the secret key alone: whoever lost the answer half-way sends the same
batch again and gets the same PINs, and no PIN lies in a cookie or in the database. A secret that
changed meanwhile has another epoch: it is neither replaced nor shown.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import abort, current_app
from flask import session as cookie
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

from quizapp.store import audit, enrolment
from quizapp.store.db import db, write
from quizapp.store.models import SchoolClass
from quizapp.store.sessions import check_signed_in
from quizapp.web.clock import now
from quizapp.web.events import log_event
from quizapp.web.passwords import PIN_DIGITS, check_secret, hash_secret

SLICE = 2.0
"""Seconds of hashing after which a request shows how far it came."""
VALID_SECONDS = 12 * 3600
NEW_PINS = "new_pins"
"""Where the cookie keeps the batch from the click that made it to the page that shows it."""


@dataclass(frozen=True)
class Batch:
    """Accounts of one class that get a PIN, with the epochs of the secrets to be replaced."""

    class_id: int
    number: str
    epochs: Mapping[int, int]

    def pin(self, account_id: int) -> str:
        """Return the PIN of an account of the batch."""
        key: str = current_app.config["SECRET_KEY"]
        message = f"pin/{self.number}/{self.class_id}/{account_id}".encode()
        drawn = int.from_bytes(hmac.digest(key.encode(), message, hashlib.sha256), "big")
        return f"{drawn % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def new_batch(school_class: SchoolClass, accounts: Iterable[int] | None = None) -> Batch:
    """Return a batch for some learners of a class, or all; 404 for one who is not to have a PIN."""
    wanted = None if accounts is None else set(accounts)
    epochs = enrolment.find_epochs(db.session(), school_class.id, wanted)
    if not epochs or (wanted is not None and set(epochs) != wanted):
        abort(404)
    return Batch(school_class.id, secrets.token_urlsafe(16), epochs)


def first_batch(school_class: SchoolClass, accounts: Iterable[int], seed: str) -> Batch | None:
    """Return the first PINs of accounts just made; the same ones for the same seed, a sealed form.

    None when their PINs come from another form: then these would open nothing.
    """
    number = hashlib.sha256(seed.encode()).hexdigest()[:32]
    batch = Batch(school_class.id, number, dict.fromkeys(accounts, 0))
    known = enrolment.find_secret(db.session(), list(batch.epochs))
    if known is None:
        return batch
    method: str = current_app.config["HASH_METHOD"]
    return batch if check_secret(known[1], batch.pin(known[0]), method) else None


def seal(batch: Batch) -> str:
    """Sign a batch for a form or the cookie."""
    return _signer().dumps([batch.class_id, batch.number, list(batch.epochs.items())])


def unseal(sealed: str, school_class: SchoolClass) -> Batch | None:
    """Return a batch of this class that was sealed in the last hours, None for anything else."""
    try:
        class_id, number, epochs = _signer().loads(sealed, max_age=VALID_SECONDS)
    except BadSignature:
        return None
    return Batch(class_id, number, dict(epochs)) if class_id == school_class.id else None


def give_some(batch: Batch) -> int:
    """Hash and store PINs for one slice of time; return how many of the batch are left.

    Hashing is done outside the write transaction; what is stored stays, whatever happens next.
    """
    left = _left(batch)
    hashed: dict[int, str] = {}
    deadline = time.monotonic() + current_app.config.get("PIN_SLICE", SLICE)
    for account_id in left:
        hashed[account_id] = hash_secret(batch.pin(account_id), current_app.config["HASH_METHOD"])
        if time.monotonic() > deadline:
            break
    if hashed:
        _store(batch, hashed)
    return len(left) - len(hashed)


def made_pins(batch: Batch) -> dict[int, str]:
    """Return the PINs of the batch that open an account now, by account."""
    epochs = enrolment.find_epochs(db.session(), batch.class_id, list(batch.epochs))
    return {
        account_id: batch.pin(account_id)
        for account_id, epoch in epochs.items()
        if epoch == batch.epochs[account_id] + 1
    }


def keep_for_slips(batch: Batch) -> None:
    """Let the page of slips show the PINs of a batch once."""
    cookie[NEW_PINS] = seal(batch)


def take_for_slips(school_class: SchoolClass) -> Batch | None:
    """Return the batch to be shown, and forget it; None when there is none for this class."""
    batch = unseal(cookie.get(NEW_PINS, ""), school_class)
    if batch is not None:
        del cookie[NEW_PINS]
    return batch


def _store(batch: Batch, hashed: Mapping[int, str]) -> None:
    """Store hashed PINs with an audit row for each learner."""
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        given = enrolment.give_pins(session, hashed, batch.epochs, now())
        for account_id in given:
            audit.record(
                session,
                current_user.id,
                "learner.secret",
                now(),
                target=f"account:{account_id}",
                detail={"class_id": batch.class_id},
            )
    for account_id in given:
        log_event("secret.reset", target=account_id)


def _left(batch: Batch) -> list[int]:
    """Return the accounts whose secret is still the one to be replaced."""
    epochs = enrolment.find_epochs(db.session(), batch.class_id, list(batch.epochs))
    return [each for each, epoch in epochs.items() if epoch == batch.epochs[each]]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="new-pins")
