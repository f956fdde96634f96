"""Swaps: what is mine to answer, ask for and undo; and a month's swaps, for those who arrange them or lead people."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import swap_asking, swap_words
from programme.allocations import Allocation
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.rounds import Round
from programme.swap_board import Board, Step, answers, board, ends_soon
from programme.swap_peers import Way
from programme.swaps import Swap
from programme.words import AllocationState, SwapState
from storage import find, helping, swapping
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

STEPS_SHOWN = 100

Take = Callable[[Session, Office, str, Person], Swap]
STEPS: Mapping[str, tuple[Take, Callable[[Swap, Person], str]]] = {
    "accept": (swapping.accept, lambda swap, _: swap_words.accepted(swap)),
    "decline": (swapping.decline, lambda swap, _: swap_words.declined(swap)),
    "withdraw": (swapping.withdraw, swap_words.withdrawn),
    "undo": (swapping.undo, lambda swap, _: swap_words.undone(swap)),
    "approve": (swapping.approve, lambda swap, _: swap_words.approved(swap)),
    "turn_down": (swapping.turn_down, lambda swap, _: swap_words.turned_down(swap)),
}
"""What is done by the button that is pressed, and what is answered."""


@dataclass(frozen=True)
class Held:
    """An open audit of the reader's own: the request it stands in, or the last search, or why it cannot be swapped."""

    audit: Allocation
    request: Swap | None
    failed: Swap | None
    why_not: str


@dataclass(frozen=True)
class Mine:
    """What is a reader's own. `offered`: they have said that they can take one; None where it is not asked of them."""

    asked: Sequence[Swap]
    taken: Sequence[Swap]
    held: Sequence[Held]
    offered: bool | None


@dataclass(frozen=True)
class Month:
    """A month's swaps as one reader may see them; what only serves to arrange is empty for all others."""

    of: Round
    board: Board
    soon: Collection[Swap]
    best: Mapping[Swap, Sequence[Way]]
    helpers: Sequence[Person]
    to_swap: Sequence[Allocation]
    steps: Sequence[Step]
    has_more: bool


@dataclass(frozen=True)
class SwapView(MethodView):
    office: Office

    def _reader(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_see_swaps():
            raise NotAllowed("Auditors, and those who see the month, see this page.")
        return me


class SwapsPage(SwapView):
    """My own first, then the month's as far as I may see them."""

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session)

    def post(self) -> ResponseReturnValue:
        """What cannot be done any more is said on the page, as it is by then."""
        try:
            with self.office.record.writing() as session:
                said = self._take(session, self._reader(session))
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, {"swaps": refusal.sentence}), 409
        flash(said, "done")
        return redirect(request.full_path.rstrip("?"), code=303)

    def _take(self, session: Session, me: Person) -> str:
        step = request.form.get("step", "")
        if step == "help":
            asked = helping.offer_help(session, self.office, me)
            return (
                "Thank you. What is asked for already stands here: you can answer now." if asked else swap_words.NOTED
            )
        if step not in STEPS:
            raise NotFound("There is no such step.")
        take, said = STEPS[step]
        return said(take(session, self.office, request.form.get("swap", ""), me), me)

    def _page(self, session: Session, errors: Mapping[str, str] | None = None) -> str:
        me = self._reader(session)
        months = list(reversed(find.rounds.run_here(session))) if me.can_see_round() else []
        of = _asked_for(session, months)
        return render_template(
            "swaps/list.html",
            me=me,
            mine=mine(session, self.office, me) if me.is_auditor else None,
            months=months,
            month=month(session, self.office, me, of) if of else None,
            rules=self.office.rules,
            words=swap_words,
            answers=answers,
            errors=errors or {},
        )


class UndoPage(SwapView):
    """Asked once more first: audits and turns go back."""

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, swap = self._reader(session), find.swaps.by_ref(session, ref)
            if not me.can_undo(swap):
                raise NotFound("We cannot find that swap.")
            if swap.state is not SwapState.ACCEPTED:
                raise Refusal(swap.how_it_stands_for(me))
            return render_template("swaps/undo.html", swap=swap, words=swap_words)


def mine(session: Session, office: Office, me: Person) -> Mine:
    today, of = office.today(session), find.rounds.given_out(session)
    audits = find.allocations.open_with(session, me)
    requests = find.swaps.open_of(session, me)
    searched = {month: find.swaps.failed(session, month) for month in {each.round.month for each in audits}}
    failed = {swap.allocation: swap for swaps in searched.values() for swap in swaps}
    held = [
        Held(
            each,
            requests.get(each.ref),
            failed.get(each),
            swap_asking.why_not_now(each, holder=me, today=today),
        )
        for each in audits
    ]
    is_asked = of is not None and me.can_take_one() and not held
    return Mine(
        asked=find.swaps.waiting_for(session, me),
        taken=swapping.may_be_undone(session, office, me),
        held=held,
        offered=find.swaps.helper(session, me, of.month) is not None if of and is_asked else None,
    )


def month(session: Session, office: Office, me: Person, of: Round) -> Month:
    today, arranges = office.today(session), me.can_arrange_swaps()
    swaps = [swap for swap in find.swaps.of_month(session, of.month) if me.can_see_swap(swap)]
    seen = board(swaps, find.swaps.failed(session, of.month), me)
    steps = find.swaps.steps(session, swaps, at_most=STEPS_SHOWN + 1)
    return Month(
        of=of,
        board=seen,
        soon={swap for swap in (*seen.to_approve, *seen.still_open) if ends_soon(swap, today, office.rules)},
        best={swap: helping.next_best(session, office, swap) for swap in seen.failed} if arranges else {},
        helpers=find.swaps.who_help(session, of.month) if arranges else [],
        to_swap=_to_swap(session, office, of) if arranges else [],
        steps=steps[:STEPS_SHOWN],
        has_more=len(steps) > STEPS_SHOWN,
    )


def _to_swap(session: Session, office: Office, of: Round) -> list[Allocation]:
    """Open audits that there is still time to swap."""
    today = office.today(session)
    return [
        each
        for each in find.allocations.in_state(session, of, AllocationState.OUT)
        if each.holder and not swap_asking.why_not_now(each, holder=each.holder, today=today)
    ]


def _asked_for(session: Session, months: Sequence[Round]) -> Round | None:
    """The month in the address; else the one whose audits are out, else the latest. Only of those one may see."""
    wanted = request.args.get("month", "")
    if wanted:
        found = next((each for each in months if each.month == wanted), None)
        if found is None:
            raise NotFound("There is no such month.")
        return found
    out = find.rounds.given_out(session)
    return out if out in months else next(iter(months), None)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("swaps", __name__, url_prefix="/swaps")
    blueprint.add_url_rule("", view_func=SwapsPage.as_view("list", office))
    blueprint.add_url_rule("/<ref>/undo", view_func=UndoPage.as_view("undo", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
