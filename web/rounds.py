"""The month's board: dates, target, account, and how each audit stands; and for those who run it, the next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.allocations import Allocation
from programme.calendar import first_of
from programme.people import Person
from programme.refusals import NotAllowed
from programme.words import AllocationState
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


class Rounds(RoundPage):
    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._reader(session)
            return render_template("rounds/list.html", rounds=find.rounds.all_months(session))


class Board(RoundPage):
    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self._reader(session)
            first_of(month)
            of = find.rounds.of_month(session, month)
            frame, drawn = find.cases.frame_counts(session, month)
            return render_template(
                "rounds/board.html",
                round=of,
                frame=frame,
                drawn=drawn,
                account=find.rounds.account_of(session, of),
                lines=lines_for(me, find.allocations.of_round(session, of)),
                runs=me.can_run_rounds() and not of.imported,
                unallocated=len(find.cases.waiting_for_an_auditor(session, month)),
                planned=len(find.allocations.in_state(session, of, AllocationState.PLANNED)),
                done=request.args.get("done", "") if request.args.get("done") in {"allocated", "given-out"} else "",
            )


class Allocate(RoundPage):
    """First the preview, each line with its reason; then all of it or nothing."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            of = find.rounds.of_month(session, month)
            matching = months.preview(session, self.office, month)
            return render_template("rounds/allocate.html", round=of, matching=matching)

    def post(self, month: str) -> ResponseReturnValue:
        with self.office.record.writing() as session:
            months.allocate(session, self.office, month, self._runner(session))
        return redirect(f"/rounds/{month}?done=allocated", code=303)


class GiveOut(RoundPage):
    """Asked once more first: the messages go out at once."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            of = find.rounds.of_month(session, month)
            planned = find.allocations.in_state(session, of, AllocationState.PLANNED)
            return render_template("rounds/give_out.html", round=of, planned=planned)

    def post(self, month: str) -> ResponseReturnValue:
        with self.office.record.writing() as session:
            months.give_out(session, self.office, month, self._runner(session))
        return redirect(f"/rounds/{month}?done=given-out", code=303)


def lines_for(reader: Person, allocations: Sequence[Allocation]) -> list[Line]:
    """A Head of Service sees the own service's lines; leadership and those who run the month see all."""
    return [
        Line(
            allocation=allocation,
            holder=allocation.holder.name if allocation.holder else "not recorded",
            state=WORDS[allocation.state],
            colour=COLOURS.get(allocation.state, "grey"),
        )
        for allocation in allocations
        if reader.can_see_on_the_board(allocation)
    ]


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("rounds", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("", view_func=Rounds.as_view("list", office))
    blueprint.add_url_rule("/<month>", view_func=Board.as_view("board", office))
    blueprint.add_url_rule("/<month>/allocate", view_func=Allocate.as_view("allocate", office))
    blueprint.add_url_rule("/<month>/give-out", view_func=GiveOut.as_view("give_out", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
