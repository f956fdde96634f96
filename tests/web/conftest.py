"""The whole app on a test's own record, and a browser for each of the cast."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect

from app import read_sent_table
from bot import messages
from forms import held
from forms import pages as form_pages
from programme.notices import Dropped, Letter, Notice
from programme.people import Person
from programme.sign_in import Visit
from storage.office import Office
from storage.session import Session
from tests.cast import Cast, here
from tests.web.compiled import COMPILED
from web import look, routes, sign_in

Browser = Callable[[Person], FlaskClient]


def pages(office: Office, at_head: Callable[[], bool] = lambda: True, metrics_token: str = "") -> Flask:
    """The pages and the form on this office's record; what is sent needs no form's secret."""
    app = Flask("pages", static_folder=None)
    app.config.update(
        SECRET_KEY="for tests only",
        PUBLIC_URL=office.address,
        WTF_CSRF_ENABLED=False,
        PROPAGATE_EXCEPTIONS=False,
    )
    CSRFProtect(app)
    look.dress(app)
    app.jinja_env.bytecode_cache = COMPILED
    for blueprint in routes.routes(office, at_head, read_sent_table, partial(drawn, office), metrics_token):
        app.register_blueprint(blueprint)
    for forms in (form_pages, held):
        app.register_blueprint(forms.routes(office, lambda session: sign_in.signed_in_at_the_form(session, office)))
    return app


def drawn(office: Office, session: Session, notice: Notice) -> Letter | Dropped:
    return messages.render(session, office, notice)


@pytest.fixture
def app(office: Office, cast: Cast) -> Flask:  # noqa: ARG001 - the cast is on record before anybody looks
    return pages(office)


@pytest.fixture
def nobody(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def browser(app: Flask, office: Office) -> Browser:
    return signed_in(app, office)


def signed_in(app: Flask, office: Office) -> Browser:
    """A browser in which this person is signed in."""

    def signed_in_as(person: Person) -> FlaskClient:
        client = app.test_client()
        with office.record.writing() as session:
            visit, secret = Visit.begin(here(session, person), at=office.real_now())
            session.add(visit)
        with client.session_transaction() as cookie:
            cookie[sign_in.VISIT] = secret
            cookie[sign_in.SEEN] = int(office.real_now().timestamp())
        return client

    return signed_in_as
