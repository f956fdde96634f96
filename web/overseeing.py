"""The page of whoever oversees actions: filters, counts, how old they are, and the most pressing first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.actions import Action
from programme.calendar import Calendar, london
from programme.overseeing import BANDS, COLUMNS, SHOWN_LABELS, STATE_LABELS, Shown, Wanted, as_row, working_days_since
from programme.people import Person
from programme.refusals import Refusal
from programme.words import Priority
from storage import find
from storage.find.overseen import PAGE as PAGE_HOLDS
from storage.office import Office
from storage.session import Session
from web.as_csv import as_csv
from web.sign_in import NobodyHere, require_person, to_sign_in

PAGE = "/actions"


@dataclass(frozen=True)
class Row:
    """One action in the list, and for how many working days it has been open and late."""

    action: Action
    open_for: int | None
    late_for: int | None


@dataclass(frozen=True)
class Paged:
    """One page among so many; the number that was asked for, or the last where there are fewer."""

    many: int
    asked: int

    @property
    def pages(self) -> int:
        return max(-(-self.many // PAGE_HOLDS), 1)

    @property
    def number(self) -> int:
        return min(self.asked, self.pages)


@dataclass(frozen=True)
class Field:
    """One filter: its name, its label, and what may be chosen."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ActionsPage(MethodView):
    """Each reader sees only what they may, whatever they ask for."""

    office: Office

    def get(self) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.args.items()}
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            try:
                return self._page(session, me, Wanted.of(said))
            except Refusal as refusal:
                return self._page(session, me, Wanted(), {refusal.field: refusal.sentence}), 422

    def _page(self, session: Session, me: Person, wanted: Wanted, errors: Mapping[str, str] | None = None) -> str:
        at, calendar = self.office.now(session), self.office.rules.calendar
        paged = Paged(find.overseen.how_many(session, me, wanted, at=at, calendar=calendar), _page_asked_for())
        found = find.actions.seen_by(session, me, wanted, at=at, calendar=calendar, page=paged.number)
        return render_template(
            "actions/list.html",
            me=me,
            rows=[_row(each, at, calendar) for each in found],
            counts=find.overseen.counts(session, me, wanted, at=at, calendar=calendar),
            paged=paged,
            wanted=wanted,
            fields=_fields(session, me, london(at).date()),
            bands=BANDS,
            Shown=Shown,
            shown_labels=SHOWN_LABELS,
            state_labels=STATE_LABELS,
            address=address,
            several=len(find.actions.that_may_be_confirmed_by(session, me, london(at).date())) > 1,
            with_=replace,
            errors=errors or {},
        )


@dataclass(frozen=True)
class ActionsFile(MethodView):
    """The same list as a file for a spreadsheet, all its pages. What is asked for the child stays on the pages."""

    office: Office

    def get(self) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.args.items()}
        with self.office.record.reading() as session:
            me, at, calendar = (
                require_person(session, self.office),
                self.office.now(session),
                self.office.rules.calendar,
            )
            try:
                wanted = Wanted.of(said)
            except Refusal:
                return redirect(PAGE)
            found = find.actions.seen_by(session, me, wanted, at=at, calendar=calendar)
            rows = [as_row(each, at=at, calendar=calendar) for each in found]
        headers = {"Content-Disposition": f"attachment; filename=actions-{london(at):%Y-%m-%d}.csv"}
        return Response(as_csv(list(COLUMNS), rows), mimetype="text/csv", headers=headers)


def address(wanted: Wanted, page: int = 1, at: str = PAGE) -> str:
    """Where the list stands that these filters let through, or another page of the same."""
    said = wanted.said() | ({"page": str(page)} if page > 1 else {})
    return f"{at}?{urlencode(said)}" if said else at


def _row(action: Action, at: datetime, calendar: Calendar) -> Row:
    today, is_open = london(at).date(), action.is_open and action.sent_at is not None
    sent_on = london(action.sent_at).date() if action.sent_at else today
    return Row(
        action,
        working_days_since(sent_on, today, calendar) if is_open else None,
        working_days_since(action.due_on, today, calendar) if action.is_overdue(at=at) else None,
    )


def _fields(session: Session, me: Person, today: date) -> list[Field]:
    """What a reader may narrow the list by: of services, teams and owners those that stand in it."""
    services, teams = find.overseen.services_of(session, me, today), find.overseen.teams_of(session, me, today)
    owners = find.overseen.owners_of(session, me, today)
    fields = [
        Field("service", "Service of the child's team", [(name, name) for name in services]),
        Field("team", "Team", [(name, name) for name in teams]),
        Field("owner", "Owner", [(who.email, who.name) for who in owners]),
        Field("priority", "Priority", [(each.value, each.value.capitalize()) for each in Priority]),
    ]
    return [each for each in fields if each.choices[1:]]


def _page_asked_for() -> int:
    said = request.args.get("page", "1")
    return int(said) if said.isascii() and said.isdigit() and 0 < int(said) < 10**6 else 1


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("overseeing", __name__)
    blueprint.add_url_rule(PAGE, view_func=ActionsPage.as_view("list", office))
    blueprint.add_url_rule(f"{PAGE}.csv", view_func=ActionsFile.as_view("file", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
