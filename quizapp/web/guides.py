"""The guides for authors, teachers and operators, one template per language; knows no account."""

from functools import cache

from flask import Blueprint, render_template

from quizapp import paths
from quizapp.web.i18n import current_language

blueprint = Blueprint("guides", __name__, url_prefix="/guide")

EXAMPLES = paths.TEMPLATES / "guides" / "examples" / "piscine"
EXAMPLE_QUIZZES = {
    "fact_or_opinion": "fait-ou-avis",
    "loaded_language": "mots",
    "check_a_number": "nombre",
}
"""For each kind of exercise the quiz that shows it."""


@blueprint.get("", endpoint="index")
def list_guides() -> str:
    """List the guides."""
    return render_template("guides/index.html")


@blueprint.get("/<any(authors, teachers, operators):name>", endpoint="guide")
def show_guide(name: str) -> str:
    """Show a guide in the language of the page."""
    language = current_language()
    return render_template(f"guides/{language}/{name}.html", examples=read_examples(language))


@cache
def read_examples(language: str) -> dict[str, str]:
    """Return the source and a quiz of each kind as an author would write them."""
    files = {"source": EXAMPLES / "source.yaml"}
    for kind, quiz in EXAMPLE_QUIZZES.items():
        files[kind] = EXAMPLES / language / f"{quiz}.yaml"
    return {name: path.read_text(encoding="utf-8") for name, path in files.items()}
