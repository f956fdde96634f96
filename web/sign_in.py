"""Coming in and going out. A visit is a row that can be ended; the browser holds only its secret, signed.

`signed_in` is the one place that says who is there; every page asks it, in its own session, each time.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.facts import SignedIn
from programme.people import Person
from programme.refusals import Refusal
from programme.sign_in import IDLE, LONGEST_VISIT, SPENT, SignInLink, Visit
from storage import coming_in, find, journal, outcomes
from storage.office import Office
from storage.session import Session

VISIT, SEEN = "visit", "seen"
AUDITS = "/audits/"
BY_EMAIL_TOO = "The sign-in page sends you one by e-mail, too."


class NobodyHere(Exception):
    """A page needs somebody signed in, and nobody is."""


def signed_in(session: Session, office: Office, *, idle: timedelta = IDLE) -> Person | None:
    """The person of this browser's visit; nobody once it is over, idle too long, or they have moved on."""
    now = office.real_now()
    if VISIT not in cookie or _idle_for(now) > idle:
        return None
    visit = find.visits.visit(session, str(cookie[VISIT]))
    if visit is None or not visit.is_good(at=now) or not visit.person.is_here_on(office.today(session)):
        return None
    cookie[SEEN] = int(now.timestamp())
    return visit.person


def signed_in_at_the_form(session: Session, office: Office) -> Person | None:
    """An audit takes longer than half an hour to write: a form opened in time may be sent until the visit ends."""
    return signed_in(session, office, idle=LONGEST_VISIT if request.method == "POST" else IDLE)


def require_person(session: Session, office: Office) -> Person:
    """Whoever is signed in, or the way to the sign-in page."""
    person = signed_in(session, office)
    if person is None:
        raise NobodyHere
    return person


def welcome(visit: tuple[Visit, str]) -> None:
    """Let this browser hold the visit's secret, and nothing of what it held before."""
    cookie.clear()
    cookie[VISIT] = visit[1]
    cookie[SEEN] = int(visit[0].began_at.timestamp())


def own_path(asked: str) -> str:
    """Where to go next: one of our own paths and nothing else."""
    plain = asked.startswith("/") and not asked.startswith("//") and asked.isprintable() and "\\" not in asked
    return asked if plain else "/"


def to_sign_in(_nobody: NobodyHere) -> ResponseReturnValue:
    # Only a page can be come back to; what was sent with a form is gone.
    wanted = "/" if request.method == "POST" else own_path(request.path)
    return redirect(f"/sign-in?next={quote(wanted)}", code=303)


def _idle_for(now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(int(cookie.get(SEEN, 0)), UTC)


class SignInPage(MethodView):
    """How to come in."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self) -> ResponseReturnValue:
        wanted = own_path(request.args.get("next", "/"))
        has_email = self.office.has_email
        return render_template("sign_in/how.html", demo=self.office.demo, has_email=has_email, wanted=quote(wanted))

    def post(self) -> ResponseReturnValue:
        """A link by e-mail. Whether there is anybody of this address is not said."""
        if self.office.has_email:
            with self.office.record.writing() as session:
                coming_in.ask_for_link(session, self.office, request.form.get("email", ""))
        sentence = "If this address is on the people list, a link is on its way to it. It works once, for three days."
        return render_template("message.html", heading="Look into your e-mail", sentences=[sentence])


class LinkPage(MethodView):
    """A link that works once. Looking at it changes nothing: mail scanners and previews look too."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self, secret: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            link = find.visits.link(session, secret)
            try:
                name = self._fresh(session, link).person.name
            except Refusal as refusal:
                return self._spent(session, link, refusal)
        return render_template("sign_in/link.html", name=name)

    def post(self, secret: str) -> ResponseReturnValue:
        with self.office.record.writing() as session:
            link = find.visits.link(session, secret, to_consume=True)
            try:
                fresh = self._fresh(session, link)
            except Refusal as refusal:
                return self._spent(session, link, refusal)
            visit = fresh.consume(at=self.office.real_now())
            session.add(visit[0])
            facts = [SignedIn(about=fresh.person.reference, by_way_of="link")]
            journal.write(session, facts, by=fresh.person, at=self.office.now(session))
            if fresh.leads_to.startswith(AUDITS):
                outcomes.opened(session, self.office, fresh.leads_to.removeprefix(AUDITS), by=fresh.person)
        # Only now is it written down: a cookie for a visit that was rolled back would open nothing.
        welcome(visit)
        return redirect(own_path(fresh.leads_to), code=303)

    def _fresh(self, session: Session, link: SignInLink | None) -> SignInLink:
        if link is None or not link.person.is_here_on(self.office.today(session)):
            raise Refusal(SPENT)
        link.must_be_fresh(at=self.office.real_now())
        return link

    def _spent(self, session: Session, link: SignInLink | None, refusal: Refusal) -> ResponseReturnValue:
        """Pressed a second time by somebody who is in already, it shows the way on."""
        me = signed_in(session, self.office)
        if link is not None and me is link.person:
            sentences = ["You are signed in already, and this link has done its work."]
            onward = {"text": "Go on", "href": own_path(link.leads_to)}
        else:
            sentences = [refusal.sentence, *([BY_EMAIL_TOO] if self.office.has_email else [])]
            onward = {"text": "How to sign in", "href": "/sign-in"}
        heading = "This link does not work any more"
        return render_template("message.html", heading=heading, sentences=sentences, links=[onward]), 410


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


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("sign_in", __name__)
    blueprint.add_url_rule("/sign-in", view_func=SignInPage.as_view("how", office))
    blueprint.add_url_rule("/sign-in/<secret>", view_func=LinkPage.as_view("link", office))
    blueprint.add_url_rule("/sign-out", view_func=SignOutPage.as_view("out", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
