"""Class codes as signs to read out and type; knows nothing of classes or which codes exist."""

import random
import unicodedata

#: Digits and capitals without 0 O 1 I L (alike) and without A E U Y (so that no word appears).
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 6


def normalise_code(typed: str) -> str:
    """Return what was typed as a code: NFKC, capitals; spaces, dashes, invisible signs dropped.

    The result need not be a code: ask `is_code`.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    kept = "".join(sign for sign in folded if not _is_filling(sign))
    return unicodedata.normalize("NFKC", kept)  # capitals may come apart: ΐ


def _is_filling(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Pd", "Cc", "Cf"} or sign == "\u2212"


def is_code(code: str) -> bool:
    """Tell whether a normalised code has the form of one; not whether a class has it."""
    return len(code) == LENGTH and all(sign in ALPHABET for sign in code)


def new_code(rng: random.Random) -> str:
    """Draw a code, each of 27**6 with equal chance; pass `secrets.SystemRandom()` outside tests."""
    return "".join(rng.choice(ALPHABET) for _ in range(LENGTH))


def show_code(code: str) -> str:
    """Return a code in two groups as it is shown: ABCDEF becomes "ABC DEF"."""
    half = LENGTH // 2
    return f"{code[:half]} {code[half:]}"
