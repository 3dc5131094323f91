"""The command that deletes the classes of a school year that is over; knows no rule of when."""

import json
import os
import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.database import open_database, open_settings

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from quizapp.settings import Settings
    from quizapp.store.retention import PurgePlan

ARCHIVES = "purged"
"""The folder, in that of the data, of the copies of what was deleted last."""


@click.command()
@click.option("--commit", "wanted", is_flag=True, help="Delete; without it, nothing is written.")
@click.option("--on", "day", help="Show what would be due on that day (2027-08-31).")
@click.option("--keep", "kept", type=int, multiple=True, help="Leave out a class, by its number.")
def purge(wanted: bool, day: str | None, kept: tuple[int, ...]) -> None:
    """Delete the classes of the school year that is over, and the accounts that end with them.

    The day of the year is set under /admin, where it can be switched off too; the privacy page
    prints it. Without --commit this is a dry run. Before a class is deleted, a copy of what its
    teachers see is written into the folder purged; the next purge removes it. Interrupted, the
    same command goes on where it stopped.
    """
    from quizapp.store.retention import find_rule, plan_purge

    if wanted and day:
        raise click.UsageError("--on only shows: leave it out to delete what is due today.")
    settings, now = open_settings(), datetime.now(UTC)
    with open_database(settings) as session:
        zone = school_zone(session, settings)
        rule = find_rule(session)
        if rule is None:
            click.echo("The purge is switched off, see /admin. Nothing is due.")
            return
        today = read_day(day) if day else now.astimezone(zone).date()
        plan = plan_purge(session, rule, today, zone, but=kept)
        session.commit()
        show(plan)
        if not plan.classes and not plan.accounts:
            click.echo(f"Nothing is due. The next day of the purge is {rule.upcoming(today)}.")
        elif not wanted:
            click.echo("Nothing was deleted: this was a dry run. See --commit in --help.")
        if wanted and plan.day is not None:
            delete(session, settings, plan, now, zone)


def school_zone(session: "Session", settings: "Settings") -> "ZoneInfo":
    """Return the time zone of the school, as the pages know it."""
    from zoneinfo import ZoneInfo

    from quizapp.store.installation import TIME_ZONE, find_value

    return ZoneInfo(find_value(session, TIME_ZONE) or settings.time_zone)


def read_day(text: str) -> date:
    """Return the day that was typed; ends the command with 2 for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--on takes a day such as 2027-08-31, not {text}.") from None


def show(plan: "PurgePlan") -> None:
    """Print what is due, a class a line."""
    for each in plan.classes:
        archived = ", archived" if each.is_archived else ""
        numbers = f"learners {each.learners}, attempts {each.attempts}"
        click.echo(f"class {each.id} {each.name!r}{archived}: {numbers}, due since {each.day}")
    if plan.accounts:
        click.echo(f"accounts of learners in no other class: {len(plan.accounts)}")


def delete(
    session: "Session", settings: "Settings", plan: "PurgePlan", now: datetime, zone: "ZoneInfo"
) -> None:
    """Delete what a plan names, with a copy of each class and a line of progress."""
    from quizapp.core.retention import LOG_KEPT, begin_of
    from quizapp.store.class_export import export_class
    from quizapp.store.retention import run_purge
    from quizapp.web.events import FILE

    folder = settings.data / ARCHIVES / str(plan.day)

    def keep(class_id: int) -> None:
        write_archive(folder / f"class-{class_id}.zip", export_class(session, class_id, now))

    with click.progressbar(length=plan.steps, label="Deleting") as bar:
        run_purge(
            session,
            plan,
            now,
            zone,
            keep=keep,
            progress=lambda done, _total: bar.update(done - bar.pos),
        )
    remove_older(settings.data / ARCHIVES, str(plan.day))
    if plan.day is not None:
        trim_log(settings.data / FILE, begin_of(plan.day, zone) - LOG_KEPT)
    if plan.classes:
        click.echo(f"Copies of the classes are in {folder} until the next purge.")


def write_archive(path: Path, data: dict[str, object]) -> None:
    """Write a class as JSON, and its answers as CSV, into a file that only this user may read."""
    from quizapp.store.class_export import answer_table
    from quizapp.web.exports import write_csv

    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(_create(part), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("class.json", json.dumps(data, ensure_ascii=False, indent=1))
            archive.writestr("answers.csv", write_csv(answer_table(data), "en"))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def remove_older(folder: Path, day: str) -> None:
    """Remove the copies of earlier purges: they would outlive the time for which data is kept."""
    for old in folder.iterdir() if folder.is_dir() else ():
        if old.is_dir() and old.name < day:
            shutil.rmtree(old)


def trim_log(path: Path, since: datetime) -> None:
    """Remove the lines of the log of events from before a moment, while the app may write to it."""
    if not path.is_file():
        return
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with path.open("rb") as log, os.fdopen(_create(part), "wb") as kept:
        for line in log:
            if not _is_before(line, since):
                kept.write(line)
        kept.flush()
        part.replace(path)
        kept.write(log.read())  # what was written between the last line and the exchange


def _is_before(line: bytes, since: datetime) -> bool:
    try:
        return datetime.fromisoformat(json.loads(line)["at"]) < since
    except (ValueError, KeyError, TypeError):
        return False  # no line of ours: not for us to remove


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
