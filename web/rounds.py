"""The month's board: dates, target, account, and how each audit stands; and for those who run it, the next step."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import checklist
from programme.allocations import Allocation
from programme.checklist import Place
from programme.moderation import Moderation
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.rounds import Round
from programme.words import AllocationState, RoundState
from storage import find
from storage import month as months
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

COLOURS = {
    AllocationState.PLANNED: "grey",
    AllocationState.OUT: "blue",
    AllocationState.RETURNED_IN_TIME: "green",
    AllocationState.RETURNED_LATE: "yellow",
    AllocationState.NOT_RETURNED: "orange",
    AllocationState.UNACCOUNTED: "red",
}
WORDS = {
    AllocationState.PLANNED: "Not given out yet",
    AllocationState.OUT: "With the auditor",
    AllocationState.RETURNED_IN_TIME: "Returned in time",
    AllocationState.RETURNED_LATE: "Returned late",
    AllocationState.NOT_RETURNED: "Not returned",
    AllocationState.SWAPPED_OUT: "Swapped out",
    AllocationState.WITHDRAWN: "Withdrawn",
    AllocationState.UNACCOUNTED: "Unaccounted for",
}


@dataclass(frozen=True)
class Line:
    """One audit as this reader may see it."""

    allocation: Allocation
    holder: str
    state: str
    colour: str
    may_read: bool
    closed: bool


@dataclass(frozen=True)
class RoundPage(MethodView):
    office: Office

    def _runner(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_run_rounds():
            raise NotAllowed("Only those who run the month may do this.")
        return me

    def _reader(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_see_round():
            raise NotAllowed("The month's board is not open to you.")
        return me

    def _take_step(self, month: str, step: Callable[[Session, Person], str], *, then: str = "") -> ResponseReturnValue:
        """One step of the month as one unit; then the board says what came of it, also to who pressed second."""
        try:
            with self.office.record.writing() as session:
                said, kind = step(session, self._runner(session)), "done"
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            said, kind = refusal.sentence, "refused"
        flash(said, kind)
        return redirect(f"/rounds/{month}{then}", code=303)


class Rounds(RoundPage):
    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self._reader(session)
            rounds = find.rounds.all_months(session)
            return render_template("rounds/list.html", rounds=rounds, runs=me.can_run_rounds())


class Board(RoundPage):
    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self._reader(session)
            of = find.rounds.of_month(session, month)
            moderations = find.moderations.of_round(session, of)
            closed = find.closings.closed_in(session, of)
            audits = find.allocations.of_round(session, of)
            lines = lines_for(me, audits, moderations, closed, self.office.today(session))
            today = self.office.today(session)
            seen = find.checklist.seen(session, of, today=today)
            runs = me.can_run_rounds() and not of.imported
            return render_template(
                "rounds/board.html",
                round=of,
                stands=seen.stands,
                lines=lines,
                steps=checklist.steps(of, seen) if runs else [],
                may_withdraw=runs and of.state is RoundState.DISTRIBUTED and bool(seen.stands.account.awaiting),
                standouts=checklist.stands_out(of, seen, today) if runs else [],
                address=partial(address, of),
                partners=find.samples.partners(session, of.month),
                own_service="" if me.can_see_the_whole_board() else me.service.name if me.service else "none",
            )


class GiveOut(RoundPage):
    """Asked once more first: the messages go out at once."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            of = find.rounds.of_month(session, month)
            planned = find.allocations.in_state(session, of, AllocationState.PLANNED)
            return render_template("rounds/give_out.html", round=of, planned=planned)

    def post(self, month: str) -> ResponseReturnValue:
        def give_out(session: Session, me: Person) -> str:
            given = months.give_out(session, self.office, month, me)
            return f"{len(given)} given out. Each auditor gets one message in the next minute."

        return self._take_step(month, give_out)


class Withdraw(RoundPage):
    """A month that was given out by mistake: asked once more first, with the reason."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            of = find.rounds.of_month(session, month)
            out = find.allocations.in_state(session, of, AllocationState.OUT)
            held = find.submissions.count_held(session)
            return render_template("rounds/withdraw.html", round=of, out=out, held=held)

    def post(self, month: str) -> ResponseReturnValue:
        def withdraw(session: Session, me: Person) -> str:
            withdrawn = months.withdraw(session, self.office, month, me, request.form.get("reason", ""))
            return f"{len(withdrawn)} withdrawn. Whoever had heard of it gets one apology in the next minute."

        return self._take_step(month, withdraw)


class Close(RoundPage):
    """Asked once more first: nothing is taken in any more."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            of = find.rounds.of_month(session, month)
            return render_template("rounds/close.html", round=of, unsettled=months.unsettled(session, of))

    def post(self, month: str) -> ResponseReturnValue:
        def close(session: Session, me: Person) -> str:
            return f"{months.close(session, self.office, month, me).name} is closed."

        return self._take_step(month, close)


def address(of: Round, place: Place) -> str:
    """The page, or the part of the board, where a step is taken or something is put right."""
    elsewhere = {
        Place.START: "/",
        Place.PEOPLE: "/people",
        Place.HELD: "/held",
        Place.REPORT: f"/reports/{of.month}",
        Place.AUDITS: f"/rounds/{of.month}#audits",
    }
    return elsewhere.get(place, f"/rounds/{of.month}/{place}")


def lines_for(
    reader: Person,
    allocations: Sequence[Allocation],
    moderations: Mapping[str, Moderation],
    closed: Collection[str],
    today: date,
) -> list[Line]:
    """A Head of Service sees the own service's lines; leadership and those who run the month see all."""
    return [
        Line(
            allocation,
            allocation.holder.name if allocation.holder else "not recorded",
            *_how_it_stands(allocation, today),
            may_read=reader.can_see_audit(allocation, moderations.get(allocation.ref)),
            closed=allocation.ref in closed,
        )
        for allocation in allocations
        if reader.can_see_on_the_board(allocation)
    ]


def _how_it_stands(allocation: Allocation, today: date) -> tuple[str, str]:
    """In words and in a colour."""
    if allocation.is_open and allocation.reason:
        return "Cannot be done", "purple"
    if allocation.is_open and allocation.due_on and allocation.due_on < today:
        return "Was due", "orange"
    return WORDS[allocation.state], COLOURS.get(allocation.state, "grey")


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("rounds", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("", view_func=Rounds.as_view("list", office))
    blueprint.add_url_rule("/<month>", view_func=Board.as_view("board", office))
    blueprint.add_url_rule("/<month>/give-out", view_func=GiveOut.as_view("give_out", office))
    blueprint.add_url_rule("/<month>/withdraw", view_func=Withdraw.as_view("withdraw", office))
    blueprint.add_url_rule("/<month>/close", view_func=Close.as_view("close", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
