"""Coming in and going out. A visit is a row that can be ended; the browser holds only its secret, signed.

`signed_in` is the one place that says who is there; every page asks it, in its own session, each time.
"""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.facts import SignedIn
from programme.people import Person
from programme.refusals import Refusal
from programme.sign_in import IDLE, SPENT, SignInLink, Visit
from storage import find, journal
from storage.office import Office
from storage.session import Session

VISIT, SEEN = "visit", "seen"


class NobodyHere(Exception):
    """A page needs somebody signed in, and nobody is."""


def signed_in(session: Session) -> Person | None:
    """The person of this browser's visit; nobody once it is over, idle too long, or they have moved on."""
    visit = find.visits.visit(session, str(cookie.get(VISIT, ""))) if VISIT in cookie else None
    now = datetime.now(UTC)
    if visit is None or not visit.is_good(at=now) or _idle(now):
        return None
    cookie[SEEN] = int(now.timestamp())
    return visit.person


def require_person(session: Session, office: Office) -> Person:
    """Whoever is signed in and in post today, or the way to the sign-in page."""
    person = signed_in(session)
    if person is None or not person.is_here_on(office.today(session)):
        raise NobodyHere
    return person


def welcome(visit: tuple[Visit, str]) -> None:
    """Let this browser hold the visit's secret, and nothing of what it held before."""
    cookie.clear()
    cookie[VISIT] = visit[1]
    cookie[SEEN] = int(visit[0].began_at.timestamp())


def own_path(asked: str) -> str:
    """Where to go next: one of our own paths and nothing else."""
    plain = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable() and "\\" not in asked
    return asked if plain else "/"


def to_sign_in(_nobody: NobodyHere) -> ResponseReturnValue:
    return redirect(f"/sign-in?next={own_path(request.path)}")


def _idle(now: datetime) -> bool:
    seen = cookie.get(SEEN)
    return not isinstance(seen, int) or now.timestamp() - seen > IDLE.total_seconds()


class SignInPage(MethodView):
    """How to come in."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self) -> ResponseReturnValue:
        return render_template("sign_in/how.html", demo=self.office.demo)


class LinkPage(MethodView):
    """A link that works once. Looking at it changes nothing: mail scanners and previews look too."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self, secret: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            link = find.visits.link(session, secret)
            try:
                name = self._fresh(link).person.name
            except Refusal as refusal:
                return _spent(refusal)
        return render_template("sign_in/link.html", name=name)

    def post(self, secret: str) -> ResponseReturnValue:
        with self.office.record.writing() as session:
            link = find.visits.link(session, secret, to_consume=True)
            try:
                leads_to = self._come_in(session, self._fresh(link))
            except Refusal as refusal:
                return _spent(refusal)
        return redirect(own_path(leads_to), code=303)

    def _come_in(self, session: Session, link: SignInLink) -> str:
        visit = link.consume(at=self.office.real_now())
        session.add(visit[0])
        facts = [SignedIn(about=link.person.reference, by_way_of="link")]
        journal.write(session, facts, by=link.person, at=self.office.now(session))
        welcome(visit)
        return link.leads_to

    def _fresh(self, link: SignInLink | None) -> SignInLink:
        if link is None:
            raise Refusal(SPENT)
        link.must_be_fresh(at=self.office.real_now())
        return link


class SignOutPage(MethodView):
    def __init__(self, office: Office) -> None:
        self.office = office

    def post(self) -> ResponseReturnValue:
        with self.office.record.writing() as session:
            visit = find.visits.visit(session, str(cookie.get(VISIT, "")))
            if visit is not None:
                visit.end(at=self.office.real_now())
        cookie.clear()
        return redirect("/sign-in", code=303)


def _spent(refusal: Refusal) -> ResponseReturnValue:
    words = {"heading": "This link does not work any more", "sentences": [refusal.sentence], "links": []}
    return render_template("message.html", **words), 410


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("sign_in", __name__)
    blueprint.add_url_rule("/sign-in", view_func=SignInPage.as_view("how", office))
    blueprint.add_url_rule("/sign-in/<secret>", view_func=LinkPage.as_view("link", office))
    blueprint.add_url_rule("/sign-out", view_func=SignOutPage.as_view("out", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
