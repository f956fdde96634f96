"""The demo's own pages: be anybody, and let a day pass. They do not exist where DEMO is off."""

from collections import defaultdict
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.facts import SignedIn
from programme.people import Person
from programme.refusals import NotFound
from programme.rounds import Round
from programme.sign_in import Visit
from programme.words import Role
from storage import clock, find, journal
from storage.office import Office
from storage.session import Session
from web.sign_in import own_path, welcome

KINDS = (
    (Role.ADMINISTRATOR, "Runs the month"),
    (Role.HEAD_OF_QUALITY, "Leads on quality"),
    (Role.HEAD_OF_SERVICE, "Heads of Service"),
    (Role.TEAM_MANAGER, "Team Managers"),
    (Role.DEPUTY_TEAM_MANAGER, "Deputy Team Managers"),
    (Role.SOCIAL_WORKER, "Social workers"),
)


class DemoPage(MethodView):
    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self) -> ResponseReturnValue:
        _must_be_the_demo(self.office)
        with self.office.record.reading() as session:
            groups = by_kind(self._everyone(session), find.rounds.current(session))
            wanted = own_path(request.args.get("next", "/"))
            return render_template("demo/people.html", groups=groups, wanted=wanted)

    def post(self) -> ResponseReturnValue:
        _must_be_the_demo(self.office)
        asked = request.form.get("email", "")
        with self.office.record.writing() as session:
            person = next((each for each in self._everyone(session) if each.email == asked), None)
            if person is None:
                raise NotFound("There is nobody with that address in the demo.")
            visit = Visit.begin(person, at=self.office.real_now())
            session.add(visit[0])
            facts = [SignedIn(about=person.reference, by_way_of="demo")]
            journal.write(session, facts, by=person, at=self.office.now(session))
        welcome(visit)
        return redirect(own_path(request.form.get("next", "/")), code=303)

    def _everyone(self, session: Session) -> list[Person]:
        today = self.office.today(session)
        return [person for person in find.people.everyone(session) if person.is_here_on(today)]


class NextDay(MethodView):
    def __init__(self, office: Office) -> None:
        self.office = office

    def post(self) -> ResponseReturnValue:
        _must_be_the_demo(self.office)
        with self.office.record.writing() as session:
            clock.set_to(session, self.office.rules.calendar.next_morning(self.office.today(session)))
        return redirect(own_path(request.form.get("next", "/")), code=303)


def by_kind(people: Sequence[Person], of: Round | None) -> dict[str, list[Person]]:
    """Everybody once, under what they are; whose turn it is comes right after who runs the month."""
    groups: dict[str, list[Person]] = defaultdict(list)
    turn = of.group if of else None
    for person in people:
        groups[_kind(person, turn.id if turn else None)].append(person)
    order = [KINDS[0][1], KINDS[1][1], "This month's auditors", *(words for _, words in KINDS[2:]), "Others"]
    return {words: groups[words] for words in order if groups[words]}


def _kind(person: Person, turn: int | None) -> str:
    if turn is not None and person.group is not None and person.group.id == turn:
        return "This month's auditors"
    return next((words for role, words in KINDS if role in person.roles), "Others")


def _must_be_the_demo(office: Office) -> None:
    if not office.demo:
        raise NotFound("There is no such page.")


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("demo", __name__)
    blueprint.add_url_rule("/demo", view_func=DemoPage.as_view("people", office))
    blueprint.add_url_rule("/demo/next-day", view_func=NextDay.as_view("next_day", office))
    return blueprint
