"""Knows how secrets are hashed, checked and judged; stores nothing."""

import secrets
import unicodedata
from functools import cache
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.security import check_password_hash, generate_password_hash

from quizapp.core.messages import N_
from quizapp.core.names import fold_name

SHORTEST = 8
LONGEST = 128
"""Characters; what is longer is refused before it is hashed."""
PIN_DIGITS = 6
PIN_OFFER_SECONDS = 24 * 3600
COMMON = Path(__file__).parent / "common_passwords.txt"


def hash_secret(secret: str, method: str) -> str:
    """Return the salted hash of a password or PIN by one of werkzeug's methods."""
    return generate_password_hash(unicodedata.normalize("NFKC", secret), method)


def check_secret(hashed: str | None, secret: str, method: str) -> bool:
    """Tell whether a secret is the hashed one, in the same time when there is no hash."""
    if len(secret) > LONGEST:
        return False
    right = check_password_hash(
        hashed or _nobodys_hash(method), unicodedata.normalize("NFKC", secret)
    )
    return right and hashed is not None


@cache
def _nobodys_hash(method: str) -> str:
    return generate_password_hash(secrets.token_hex(16), method)


def find_fault(password: str, login_name: str = "") -> str | None:
    """Return the message about a new password that cannot be taken, None when it can."""
    folded = fold_name(password)
    if len(password) < SHORTEST:
        return N_("Choose a password of at least 8 characters.")
    if len(password) > LONGEST:
        return N_("Choose a password of at most 128 characters.")
    if len(set(folded)) < 3 or folded in _common_passwords():
        return N_("This password is one of the first that somebody would try. Choose another.")
    if login_name and fold_name(login_name) in folded:
        return N_("The password must not contain the name.")
    return None


@cache
def _common_passwords() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def new_pin() -> str:
    """Draw a PIN of six digits in which no guess is easier than another."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))


def offer_pin(pin: str, secret_key: str) -> str:
    """Sign a PIN, so that the form can bring back only PINs that were drawn here."""
    return _pin_signer(secret_key).dumps(pin)


def accept_pin(offer: str, secret_key: str) -> str | None:
    """Return the PIN of an offer of the last day, None for anything else."""
    try:
        pin = _pin_signer(secret_key).loads(offer, max_age=PIN_OFFER_SECONDS)
    except BadSignature:
        return None
    return pin if isinstance(pin, str) else None


def _pin_signer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt="pin-offer")
