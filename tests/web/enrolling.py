"""Steps of a teacher who adds learners and reads the slips; knows no rule."""

from sqlalchemy import select

from quizapp.store.db import db
from quizapp.store.models import Account, Membership
from tests.client import Page
from tests.web.teaching import Room

LIST = "Nom;Prénom;Login\nLÉVÊQUE;Zoé;\nDUPONT;Max;max.dupont\n"


def show(room: Room, text: str, status: int = 200) -> Page:
    """Send a list to be looked at."""
    room.page.get(f"{room.url}/roster/add")
    return room.page.submit({"list": text}, action=f"{room.url}/roster/add", status=status)


def confirm(room: Room, status: int = 303) -> Page:
    """Take in the list that the last page shows."""
    return room.page.submit({"confirm": "1"}, action=f"{room.url}/roster/add", status=status)


def slips(page: Page) -> dict[str, tuple[str, str]]:
    """Return name to sign in with and PIN on each slip, by the learner's name."""
    return {
        slip.find("h2")[0].text: (
            slip.find("dd", class_="slip-login")[0].text,
            slip.find("strong")[0].text,
        )
        for slip in page.all("li", class_="slip")
    }


def people_of(room: Room) -> dict[str, str]:
    with room.app.app_context():
        rows = db.session.execute(
            select(Membership.label, Account.login_name)
            .join(Account, Account.id == Membership.account_id)
            .where(Membership.class_id == room.id, Membership.label.is_not(None))
        )
        return {row.label: row.login_name for row in rows}
