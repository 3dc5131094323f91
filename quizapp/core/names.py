"""How two log-in names are compared; knows nothing of accounts."""

import unicodedata


def fold_name(name: str) -> str:
    """Fold a name for comparison: NFKC, casefold, white space collapsed, invisible signs dropped.

    Two names are the same name when their folded forms are equal. Folding twice changes nothing.
    """
    visible = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold())
    # A casefolded letter may compose into one that folds again: a second round settles it.
    folded = unicodedata.normalize("NFKC", folded.casefold())
    return " ".join(folded.split())


def sort_key(name: str) -> tuple[str, str]:
    """Return by what names are put in order as readers expect: case and accents decide last."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)), name
