"""What every address answers to everybody: the table of expected statuses; asks nothing itself.

A path names objects of `routes_world`: `{class_id}` is the class of `teacher` and `learner`, and so
on. Whoever adds a route adds its line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ACTORS = (
    "anonymous",
    "learner",
    "other_learner",
    "teacher",
    "other_teacher",
    "author",
    "admin",
)
"""`learner` and `teacher` own the objects of a path, the others do not."""


@dataclass(frozen=True)
class Route:
    """One (endpoint, method): where it is, what it is sent, its status for each of ACTORS."""

    endpoint: str
    method: str
    path: str
    statuses: tuple[int, ...]
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.endpoint, self.method

    @property
    def owner(self) -> str:
        """The first actor who is let in; a visitor who is sent to the log-in page is not."""
        for actor, status in zip(ACTORS, self.statuses, strict=True):
            if status < 400 and (actor, self.method, status) != ("anonymous", "GET", 303):
                return actor
        return ACTORS[0]

    @property
    def owner_status(self) -> int:
        """What the owner gets."""
        return self.statuses[ACTORS.index(self.owner)]


def get(endpoint: str, path: str, statuses: tuple[int, ...]) -> Route:
    return Route(endpoint, "GET", path, statuses)


def post(endpoint: str, path: str, statuses: tuple[int, ...], **data: str) -> Route:
    return Route(endpoint, "POST", path, statuses, MappingProxyType(data))


def both(
    endpoint: str, path: str, seen: tuple[int, ...], sent: tuple[int, ...], **data: str
) -> tuple[Route, Route]:
    return get(endpoint, path, seen), post(endpoint, path, sent, **data)


ALL = (200,) * 7
GOES_ON = (303,) * 7
NOBODY = (404,) * 7
VISITOR = (200, *(303,) * 6)
SIGNED_IN, SIGNED_IN_SENDS = (303, *(200,) * 6), (401, *(303,) * 6)
OWN, OWN_SENDS = (303, 200, *(404,) * 5), (401, 303, *(404,) * 5)
OWN_GOES_ON = (303, 303, *(404,) * 5)
TEACHERS, TEACHERS_SEND = (303, 403, 403, 200, 200, 403, 403), (401, 403, 403, 303, 303, 403, 403)
AUTHORS = (303, *(403,) * 4, 200, 403)
AUTHORS_SEND = (401, *(403,) * 4, 303, 403)
STAFF = (303, 403, 403, 200, 200, 200, 403)
TAUGHT, TAUGHT_SENDS = (303, 403, 403, 200, 404, 403, 403), (401, 403, 403, 303, 404, 403, 403)
ADMIN, ADMIN_SENDS = (303, *(403,) * 5, 200), (401, *(403,) * 5, 303)

NEW_SECRET = "une phrase assez longue"
IDENTITY = {
    "shown": "otter-calm-42",
    "name": "otter-calm-42",
    "secret": "password",
    "password": NEW_SECRET,
}
CLASS = "/teach/classes/{class_id}"
QUIZ = "/quizzes/{source}/{quiz}"
ASSIGNMENT = CLASS + "/assignments/{assignment}"
LEARNER = CLASS + "/learners/{learner}"
WORK = LEARNER + "/{assignment}"
ATTEMPT = "/attempts/{attempt}"
PERSON = "/admin/people/{person}"
TERMS = {"due": "2026-10-12T23:59", "feedback": "at_end", "attempts": "2"}

OPEN_TO_ALL = (
    get("pages.home", "/", ALL),
    get("pages.privacy", "/privacy", ALL),
    get("pages.accessibility", "/accessibility", ALL),
    get("guides.index", "/guide", ALL),
    get("guides.guide", "/guide/authors", ALL),
    get("pages.healthz", "/healthz", ALL),
    get("pages.readyz", "/readyz", ALL),
    get("static", "/static/css/base.css", ALL),
    post("pages.set_language", "/language", GOES_ON, language="fr"),
    *both("pages.try_exercise", "/try", ALL, ALL, exercise="{tried}", unsure="1"),
    get("learner.quizzes", "/quizzes", ALL),
    get("learner.quiz", "/quizzes/{source}/{quiz}", ALL),
)
WAYS_IN = (
    *both("auth.setup", "/setup/used-up", NOBODY, NOBODY, name="eve", password=NEW_SECRET),
    *both(
        "auth.invitation",
        "/invitations/{invitation}",
        ALL,
        GOES_ON,
        name="grace",
        password=NEW_SECRET,
    ),
    *both("auth.join", "/join", ALL, GOES_ON, code="{code}"),
    *both("auth.join_class", "/join/{code}", ALL, GOES_ON, **IDENTITY),
    *both("auth.login", "/login", VISITOR, GOES_ON, name="{name}", password="{password}"),
    *both("auth.register", "/register", VISITOR, GOES_ON, **IDENTITY),
    post("auth.logout", "/logout", GOES_ON),
    *both(
        "auth.account",
        "/account",
        SIGNED_IN,
        SIGNED_IN_SENDS,
        current="{password}",
        password=NEW_SECRET,
    ),
)
OF_THEMSELVES = (
    post("auth.set_shortcuts", "/account/shortcuts", SIGNED_IN_SENDS, on="0"),
    get("auth.own_page", "/account/data", SIGNED_IN),
    get("auth.own_file", "/account/data.json", SIGNED_IN),
    # Teachers have a class that nobody else teaches, the administrator is the only one.
    *both(
        "auth.delete_account",
        "/account/delete",
        SIGNED_IN,
        (401, 303, 303, 422, 422, 303, 422),
        current="{password}",
    ),
)
OF_ADMINISTRATORS = (
    get("admin.index", "/admin", ADMIN),
    post("admin.invite", "/admin/invitations", (401, *(403,) * 5, 200), roles="teacher"),
    post("admin.withdraw", "/admin/invitations/{open_invitation}/withdraw", ADMIN_SENDS),
    post(
        "admin.set_retention", "/admin/retention", ADMIN_SENDS, purge="yearly", day="1", month="7"
    ),
    post("admin.set_roles", f"{PERSON}/roles", ADMIN_SENDS, roles="author"),
    post("admin.set_active", f"{PERSON}/active", ADMIN_SENDS, active="0"),
)
OF_LEARNERS = (
    get("learner.home", "/learn", SIGNED_IN),
    get("learner.progress", "/progress", SIGNED_IN),
    get("learner.review", "/review", SIGNED_IN),
    post("learner.start_review", "/review", SIGNED_IN_SENDS),
    post("learner.start_practice", "/quizzes/{source}/{quiz}/attempts", SIGNED_IN_SENDS),
    post("learner.start_assigned", "/assignments/{assignment}/attempts", OWN_SENDS),
    get("learner.attempt", ATTEMPT, OWN_GOES_ON),
    *both("learner.exercise", ATTEMPT + "/exercises/{exercise}", OWN, OWN_SENDS, unsure="1"),
    *both("learner.finish", f"{ATTEMPT}/finish", OWN, OWN_SENDS, confirm="1"),
    post(
        "learner.contest",
        "/attempts/{finished}/exercises/{kept}/contest",
        OWN_SENDS,
        reason="Ce mot décrit.",
    ),
    get("learner.results", "/attempts/{finished}/results", OWN),
)
OF_TEACHERS = (
    *both("teacher.home", "/teach", TEACHERS, TEACHERS_SEND, name="4e C"),
    post("teacher.demonstration", "/teach/demonstration", TEACHERS_SEND),
    get("teacher.class_results", CLASS, TAUGHT),
    get("teacher.export_csv", f"{CLASS}/export.csv", TAUGHT),
    get("teacher.export_xlsx", f"{CLASS}/export.xlsx", TAUGHT),
    get("teacher.class_roster", f"{CLASS}/roster", TAUGHT),
    get("teacher.class_skills", f"{CLASS}/skills", TAUGHT),
    *both(
        "teacher.class_assignments",
        f"{CLASS}/assignments",
        TAUGHT,
        TAUGHT_SENDS,
        quiz="{source}/{quiz}",
        **TERMS,
    ),
    *both(
        "teacher.assign_quiz",
        "/teach/assign/{source}/{quiz}",
        TEACHERS,
        (401, 403, 403, 303, 422, 403, 403),
        classes="{class_id}",
        **TERMS,
    ),
    get("teacher.assignment", ASSIGNMENT, TAUGHT),
    get("teacher.project", f"{ASSIGNMENT}/project", TAUGHT),
    get("teacher.item", CLASS + "/assignments/{handed_in}/items/{answered}", TAUGHT),
    *both("teacher.assignment_terms", f"{ASSIGNMENT}/terms", TAUGHT, TAUGHT_SENDS, **TERMS),
    get("teacher.preview", f"{ASSIGNMENT}/preview", (303, 403, 403, 303, 404, 403, 403)),
    *both(
        "teacher.preview_exercise",
        ASSIGNMENT + "/preview/{exercise}",
        TAUGHT,
        (401, 403, 403, 200, 404, 403, 403),
        unsure="1",
    ),
    post("teacher.remove_assignment", f"{ASSIGNMENT}/remove", TAUGHT_SENDS),
    post(
        "teacher.restore_assignment",
        CLASS + "/assignments/{removed_assignment}/restore",
        TAUGHT_SENDS,
    ),
    get("teacher.attempt", CLASS + ATTEMPT, TAUGHT),
    post("teacher.reopen", CLASS + "/attempts/{finished}/reopen", TAUGHT_SENDS),
    get("teacher.work", WORK, TAUGHT),
    post("teacher.save_exception", f"{WORK}/exception", TAUGHT_SENDS, grant="excused"),
    post("teacher.save_note", f"{WORK}/note", TAUGHT_SENDS, note="Relis la question 2."),
    get("teacher.learner", LEARNER, TAUGHT),
    *both(
        "teacher.add_learners",
        f"{CLASS}/roster/add",
        TAUGHT,
        TAUGHT_SENDS,
        confirm="1",
        plan="{plan}",
    ),
    post(
        "teacher.add_learner",
        f"{CLASS}/roster/learners",
        TAUGHT_SENDS,
        label="Ada",
        offer="{plan}",
    ),
    post(
        "teacher.give_pins", f"{CLASS}/roster/pins", TAUGHT_SENDS, who="ticked", learner="{learner}"
    ),
    get("teacher.slips", f"{CLASS}/roster/slips", TAUGHT),
    get("teacher.move_learner", f"{LEARNER}/move", TAUGHT),
    post("teacher.do_move_learner", f"{LEARNER}/move", TAUGHT_SENDS, to="{other_class}"),
    get("teacher.class_settings", f"{CLASS}/settings", TAUGHT),
    *both(
        "teacher.copy_class", f"{CLASS}/copy", TAUGHT, TAUGHT_SENDS, name="4e", first="2027-10-12"
    ),
    *both("teacher.delete_class", f"{CLASS}/delete", TAUGHT, TAUGHT_SENDS, name="3E  b"),
    post("teacher.archive_class", f"{CLASS}/archive", TAUGHT_SENDS),
    post("teacher.restore_class", f"{CLASS}/unarchive", TAUGHT_SENDS),
    post("teacher.add_teacher", f"{CLASS}/teachers", TAUGHT_SENDS, teacher="Other_teacher"),
    post("teacher.remove_teacher", CLASS + "/teachers/{co_teacher}/remove", TAUGHT_SENDS),
    post("teacher.rename_class", f"{CLASS}/name", TAUGHT_SENDS, name="3e Z"),
    post("teacher.renew_code", f"{CLASS}/code", TAUGHT_SENDS),
    post("teacher.set_joining", f"{CLASS}/joining", TAUGHT_SENDS, open="0"),
    post("teacher.set_label", f"{LEARNER}/label", TAUGHT_SENDS, label="Table 4"),
    post("teacher.reset_secret", f"{LEARNER}/secret", TAUGHT_SENDS),
    post("teacher.unlock_learner", f"{LEARNER}/unlock", TAUGHT_SENDS),
    post("teacher.remove_learner", f"{LEARNER}/remove", TAUGHT_SENDS),
    post("teacher.restore_learner", CLASS + "/learners/{removed_learner}/restore", TAUGHT_SENDS),
)
OF_DEBATES = (
    get("teacher.class_contests", f"{CLASS}/contests", TAUGHT),
    post("teacher.follow_set_asides", f"{CLASS}/contests/scores", TAUGHT_SENDS),
    *both(
        "teacher.contest",
        ASSIGNMENT + "/contests/{exercise}",
        TAUGHT,
        TAUGHT_SENDS,
        action="authors",
        reason="Ce mot décrit.",
    ),
    post("teacher.take_back", CLASS + "/set-aside/{source}/{exercise}/back", TAUGHT_SENDS),
)
OF_STAFF = (
    get("papers.worksheet", f"{QUIZ}/worksheet", STAFF),
    get("papers.key", f"{QUIZ}/key", STAFF),
    get("papers.moodle", f"{QUIZ}/export/moodle.xml", STAFF),
    get("papers.gift", f"{QUIZ}/export/gift.txt", STAFF),
)
OF_AUTHORS = (
    get("author.home", "/author", AUTHORS),
    get("author.quiz", "/author/{source}/{quiz}", AUTHORS),
    get("author.contests", "/author/contests", AUTHORS),
    post("author.close_contests", "/author/contests/{source}/fr/{tried}", AUTHORS_SEND),
)
OF_REGRADES = (
    get("author.regrades", "/author/regrades", AUTHORS),
    *both(
        "author.regrade",
        "/author/{source}/fr/{tried}/regrade",
        AUTHORS,
        AUTHORS_SEND,
        choice="leave",
    ),
    *both(
        "teacher.regrade",
        ASSIGNMENT + "/regrade/fr/{exercise}",
        TAUGHT,
        TAUGHT_SENDS,
        choice="leave",
    ),
)
ROUTES = (
    *OPEN_TO_ALL,
    *WAYS_IN,
    *OF_THEMSELVES,
    *OF_ADMINISTRATORS,
    *OF_LEARNERS,
    *OF_TEACHERS,
    *OF_DEBATES,
    *OF_STAFF,
    *OF_AUTHORS,
    *OF_REGRADES,
)
