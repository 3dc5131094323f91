"""Puts the app together from its settings; knows no page, no table and no rule."""

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp import paths
from quizapp.settings import Settings
from quizapp.store.db import init_db
from quizapp.web import admin, author, entry, guides, learner, pages, papers, teacher
from quizapp.web.assets import init_assets
from quizapp.web.auth import init_auth
from quizapp.web.author.shown import init_shown
from quizapp.web.clock import read_clock
from quizapp.web.conditional import init_conditional
from quizapp.web.converters import init_converters
from quizapp.web.csrf import init_csrf
from quizapp.web.errors import init_errors
from quizapp.web.events import init_events
from quizapp.web.exercises import init_exercises
from quizapp.web.headers import init_headers
from quizapp.web.i18n import init_i18n
from quizapp.web.library import init_library
from quizapp.web.navigation import init_navigation
from quizapp.web.outbox import init_outbox
from quizapp.web.retention import init_retention


def create_app(settings: Settings) -> Flask:
    """Return the app on a database whose tables are there already."""
    app = Flask("quizapp", template_folder=str(paths.TEMPLATES), static_folder=None)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=settings.max_form_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_form_bytes,
        MAX_FORM_PARTS=1000,
        BASE_URL=settings.base_url,
        OPEN_REGISTRATION=settings.open_registration,
        HASH_METHOD=settings.hash_method,
        CLOCK=read_clock,
    )
    init_db(app, settings.database_url)
    init_assets(app, paths.STATIC)
    init_headers(app, secure=settings.secure)
    init_auth(app, secure=settings.secure)
    init_csrf(app)
    init_events(app, settings.data)
    init_i18n(app, settings.data, settings.time_zone)
    init_navigation(app)
    init_outbox(app)
    init_retention(app)
    init_conditional(app)
    init_library(app, settings.questions)
    init_exercises(app)
    init_shown(app)
    init_errors(app)
    init_converters(app)
    for part in (pages, entry, admin, learner, teacher, author, papers, guides):
        app.register_blueprint(part.blueprint)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
