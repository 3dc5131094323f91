"""The command that brings stored marks up to corrected keys; knows no rule of marking."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from quizapp.cli.database import open_database, open_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quizapp.store.regrade import DryRun, Offer, Scope

CHOICES = ("current", "either", "full", "leave")
REFUSED = "stays, the question was another one"


@click.command()
@click.argument("exercise", required=False)
@click.option("--class", "class_id", type=int, help="A class, instead of practice and review.")
@click.option("--language", help="Only this language.")
@click.option("--commit", "choice", type=click.Choice(CHOICES), help="Change the marks.")
def regrade(
    exercise: str | None, class_id: int | None, language: str | None, choice: str | None
) -> None:
    """Show what corrected keys would change in the marks of answers that are handed in.

    EXERCISE is SOURCE/ID; without it, every exercise whose key has changed. Nothing is written
    without --commit: current (mark with the key as it is now), either (the better of the former
    and the current marks), full (every point for everybody) or leave (keep the marks, and offer
    no regrade any more). Interrupted, the same command goes on where it stopped.
    """
    from quizapp.content.library import load_library
    from quizapp.store.regrade import Scope, dry_run, find_offers

    settings = open_settings()
    library = load_library(settings.questions)
    scope = Scope(class_id)
    with open_database(settings) as session:
        found = 0
        for offer in find_offers(session, library, scope):
            name = f"{offer.key.source_id}/{offer.key.exercise_id}"
            if exercise in (None, name) and language in (None, offer.key.language):
                found += 1
                run = dry_run(session, offer.key, offer.live.exercise, scope)
                show_dry_run(session, f"{name} ({offer.key.language})", run, scope)
                if choice is not None:
                    commit(session, offer, run, scope, choice)
    if not found:
        click.echo("No answer was marked with another key than the one served now.")
    elif choice is None:
        click.echo("Nothing was changed: this was a dry run. See --commit in --help.")


def show_dry_run(session: "Session", name: str, run: "DryRun", scope: "Scope") -> None:
    """Print how many marks each choice would change and, for a class, those of each learner."""
    from quizapp.core.scores import percent
    from quizapp.exercises.base import Grade
    from quizapp.store.results import list_learners

    click.echo(f"{name}: answers {len(run.lines)}, of which to another question {run.refused}")
    for choice, (gain, lose) in run.changes.items():
        click.echo(f"  {choice:8} gain points {gain}, lose points {lose}")
    if scope.class_id is None:
        return  # practice and review are the learner's alone
    names = {each.id: each.login_name for each in list_learners(session, scope.class_id)}
    for line in run.lines:
        now = f"{percent(line.current.points)}" if isinstance(line.current, Grade) else REFUSED
        before = percent(line.before.points)
        click.echo(f"  {names.get(line.account_id, '-')}: {before} → {now}")


def commit(session: "Session", offer: "Offer", run: "DryRun", scope: "Scope", choice: str) -> None:
    """Change the marks of one exercise, with an audit row, showing how far it came."""
    from quizapp.store import audit
    from quizapp.store.db import write
    from quizapp.store.models import RegradeChoice
    from quizapp.store.regrade import check_choice, open_regrade, run_regrade

    now, chosen = datetime.now(UTC), RegradeChoice(choice)
    with plain_refusals():
        check_choice(run, chosen)
        with write(session):
            regrade_id = open_regrade(session, offer.live, scope, chosen, account_id=None, now=now)
            detail: dict[str, object] = {"choice": choice, "exercise": "/".join(offer.key)}
            target = f"regrade:{regrade_id}"
            audit.record(session, None, "regrade.commit", now, target=target, detail=detail)
    with click.progressbar(length=len(run.lines), label="  Marking") as bar:
        run_regrade(
            session, regrade_id, now, progress=lambda done, total: bar.update(done - bar.pos)
        )


@contextmanager
def plain_refusals() -> Iterator[None]:
    """End the command with 1 and a sentence when the choice cannot be made."""
    from quizapp.store.regrade import RegradeRefused, RegradeUnderWay

    try:
        yield
    except RegradeRefused:
        sentence = "These answers were given to another question: choose full or leave."
        raise click.ClickException(sentence) from None
    except RegradeUnderWay as error:
        sentence = f"An interrupted regrade comes first: --commit {error.choice}."
        raise click.ClickException(sentence) from None
