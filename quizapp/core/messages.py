"""Marks texts for the translators; knows no language and translates nothing."""


def N_(message: str) -> str:  # noqa: N802 (the name that gettext tools look for)
    """Return the message as it is; pybabel extracts it, the layer that speaks translates it."""
    return message
