"""What is said of a swap, in chat and on the pages alike: how it stands, what is asked, and what each answer brings."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from programme.calendar import following, london, month_name
from programme.words import OfferState, SwapKind, SwapState

if TYPE_CHECKING:  # swaps imports this room
    from programme.allocations import Allocation
    from programme.people import Person
    from programme.swaps import Swap

KIND_LABELS = {
    SwapKind.TWO_WAY: "Swap turns",
    SwapKind.COVER: "Nothing in return",
    SwapKind.EXCHANGE: "Exchange audits",
}
MADE_AT_ONCE = "It is made at once. Both are told, and your name stands beside theirs."
FOUND_NOBODY = "Thank you for saying so. The administrator looks for a way. Until then it stays yours."
SAID_NO = "You have said that you cannot take it. Thank you for answering."
NOTHING_TO_SWAP = "You have no audit this month, so there is nothing to swap."
DUE_BY_NOW = "It is due, so it cannot be swapped. What helps now is more time from their Head of Service, or a reason."
NOTED = "Thank you, that is noted. Whoever looks for somebody this month sees you first."


def how_it_stands(swap: "Swap") -> str:
    when = _when(swap.settled_at)
    taker = swap.taker.name if swap.taker else ""
    by = swap.settled_by.name if swap.settled_by else ""
    return {
        SwapState.OPEN: "This swap is open.",
        SwapState.AWAITING_APPROVAL: f"{taker} would take it. It waits for the administrator's yes.",
        SwapState.ACCEPTED: _accepted(swap, taker, when),
        SwapState.DECLINED: _declined(swap, when),
        SwapState.WITHDRAWN: f"{by} took this request back{when}." if by else f"It was not needed any more{when}.",
        SwapState.EXPIRED: "This request has ended: the time to answer is over.",
        SwapState.UNDONE: f"{by} undid this swap{when}. The audit is with {swap.asker.name} again.",
    }[swap.state]


def how_it_stands_for(swap: "Swap", reader: "Person") -> str:
    """For who presses once more: what they did themselves in their own words; else who did it, and when."""
    theirs = swap.settled_by is reader
    if swap.taker is reader and swap.state in {SwapState.AWAITING_APPROVAL, SwapState.ACCEPTED}:
        return f"You have accepted this already. {_has_it(swap)}".strip()
    return {
        SwapState.ACCEPTED: "You have made this swap already." if theirs else "",
        SwapState.DECLINED: _no_already(swap, reader),
        SwapState.WITHDRAWN: "You have taken this request back already." if theirs else "",
        SwapState.UNDONE: f"You have undone this already. The audit is with {swap.asker.name} again." if theirs else "",
    }.get(swap.state, "") or how_it_stands(swap)


def _has_it(swap: "Swap") -> str:
    if swap.is_under_way:
        return "It waits for the administrator's yes."
    return "The audit is yours." if swap.is_as_made else ""


def _no_already(swap: "Swap", reader: "Person") -> str:
    if swap.taker is not None:
        stays = f"You have not approved this swap. The audit stays with {swap.asker.name}."
        return stays if swap.settled_by is reader else ""
    offer = swap.offer_to(reader)
    return SAID_NO if offer is not None and offer.state is OfferState.DECLINED else ""


def _accepted(swap: "Swap", taker: str, when: str) -> str:
    if swap.settled_by is None or swap.settled_by is swap.taker:
        return f"{taker} accepted this swap{when}."
    return f"{swap.settled_by.name} made this swap for {swap.asker.name} and {taker}{when}."


def _declined(swap: "Swap", when: str) -> str:
    if not swap.offers:
        return f"Nobody could be asked{when}."
    if swap.taker is not None and swap.settled_by is not None:
        return f"{swap.settled_by.name} did not approve this swap{when}. The audit stays with {swap.asker.name}."
    if len(swap.offers) == 1:
        return f"{swap.offers[0].peer.name} could not take it. That was said{when}."
    return f"None of the {len(swap.offers)} who were asked could take it."


def _when(at: datetime | None) -> str:
    return f" on {london(at):%A %-d %B at %H:%M}" if at else ""


def names_of(people: "Sequence[Person]", *, at_most: int = 3) -> str:
    """'Asha, Kofi and 5 others'."""
    shown = [each.name for each in people[:at_most]]
    others = len(people) - len(shown)
    if others:
        shown.append("1 other" if others == 1 else f"{others} others")
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else "nobody"


def asks_for(swap: "Swap") -> str:
    """What follows the asker's name in a request."""
    return {
        SwapKind.TWO_WAY: "asks you to swap.",
        SwapKind.COVER: "asks you to cover for them.",
        SwapKind.EXCHANGE: "asks you to exchange audits.",
    }[swap.kind]


def they_do(swap: "Swap") -> str:
    """What the asker does in return."""
    return {
        SwapKind.TWO_WAY: f"They take your turn in {month_name(swap.later_month)}.",
        SwapKind.COVER: "Your own turns stay as they are.",
        SwapKind.EXCHANGE: "They do yours.",
    }[swap.kind]


def answer(swap: "Swap", state: OfferState) -> str:
    """What follows the name of one who was asked."""
    return {
        OfferState.WAITING: "has not answered",
        OfferState.ACCEPTED: _taken(swap),
        OfferState.DECLINED: "cannot take it",
        OfferState.CLOSED: "did not answer" if _nobody_answered(swap) else "was not needed",
    }[state]


def answer_of(many: int, swap: "Swap", state: OfferState) -> str:
    """'33 others have not answered'."""
    one = answer(swap, state)
    if many == 1:
        return f"1 other {one}"
    return f"{many} others {one.replace('has ', 'have ', 1).replace('was ', 'were ', 1)}"


def _nobody_answered(swap: "Swap") -> bool:
    """Where one had accepted and was not approved in time, the others were not needed."""
    return swap.state is SwapState.EXPIRED and swap.taker is None


def _taken(swap: "Swap") -> str:
    if swap.is_under_way:
        return "would take it"
    return "would have taken it" if swap.has_failed else "took it"


def who_does_what(swap: "Swap") -> str:
    """For who is neither of the two."""
    taker, asker = swap.taker.name if swap.taker else "", swap.asker.name
    return {
        SwapKind.TWO_WAY: f"{taker} does it, and {asker} has {month_name(swap.later_month)} instead",
        SwapKind.COVER: f"{taker} does it, covering for {asker}",
        SwapKind.EXCHANGE: f"{taker} does it, and {asker} does {swap.other.ref if swap.other else 'theirs'}",
    }[swap.kind]


def in_return(allocation: "Allocation", kind: SwapKind) -> str:
    """What the holder of an audit would do in return, for who arranges it."""
    holder = allocation.holder.name if allocation.holder else "nobody"
    return {
        SwapKind.TWO_WAY: f"{holder} takes their turn in {month_name(following(allocation.round.month))}",
        SwapKind.COVER: "Nothing: they cover",
        SwapKind.EXCHANGE: f"{holder} does theirs",
    }[kind]


def to_its_asker(swap: "Swap") -> str:
    """How their own request stands."""
    if swap.taker is not None:
        return f"{swap.taker.name} would take it. The administrator must say yes; until then it is yours."
    what = {
        SwapKind.TWO_WAY: "to swap",
        SwapKind.COVER: "to cover for you",
        SwapKind.EXCHANGE: "to exchange audits",
    }[swap.kind]
    until = "somebody accepts" if len(swap.waits_for) > 1 else "they accept"
    return f"You have asked {names_of(swap.waits_for)} {what}. Until {until}, it is yours."


def stays_after(swap: "Swap") -> str:
    """What happens where nobody says yes."""
    return f"Without a yes it stays with {swap.asker.name} after {london(swap.ends_at):%A %-d %B}."


def yours_from(*, approval: bool) -> str:
    """What pressing Accept brings, for who is asked whether they are sure."""
    if approval:
        return "It is yours once the administrator says yes."
    return "If nobody was quicker, it is yours from now on."


def undo_by(until: datetime) -> str:
    """Until when its taker may give it back."""
    return f"If you find that you cannot, undo it by the end of {london(until):%A %-d %B}."


def going_back(swap: "Swap") -> str:
    """What undoing it does."""
    return f"The audit goes back to {swap.asker.name}, and every turn to where it was."


def answer_by(swap: "Swap") -> str:
    return f"until the end of {london(swap.ends_at):%A %-d %B}"


def small_print_of(swap: "Swap") -> str:
    """Until when one may answer, and that no is an answer."""
    others = " Others are asked too: whoever is first has it." if len(swap.waits_for) > 1 else ""
    return f"You can answer {answer_by(swap)}. No is a fine answer.{others}"


def whom_to_ask(allocation: "Allocation", kind: SwapKind, at_most: int, arranged_for: str = "") -> str:
    """The question over the list of those who could take it; who arranges it for somebody reads their name."""
    later = month_name(following(allocation.round.month))
    several = f" Up to {at_most}." if at_most > 1 else ""
    who = "Who takes it?" if arranged_for else f"Whom do you ask?{several}"
    return {
        SwapKind.TWO_WAY: f"{who} {f'{arranged_for} takes' if arranged_for else 'You take'} their turn in {later}.",
        SwapKind.COVER: f"{who} They cover for {arranged_for or 'you'}; nothing in return.",
        SwapKind.EXCHANGE: f"{who} {'They' if arranged_for else 'You'} exchange audits of this month.",
    }[kind]


def whoever_is_first(kind: SwapKind) -> str:
    if kind is SwapKind.EXCHANGE:
        return (
            "They have no tie to the child, and you have none to theirs. Whoever is first to accept has it."
            " For when you have a part in the child's record, or know the family."
        )
    return "All of these are free and have no tie to the child. Whoever is first to accept has it."


def other_ways(but: SwapKind, arranged_for: str = "") -> str:
    """What the two other kinds of swap are, in a line over their buttons."""
    they = "they" if arranged_for else "you"
    ways = {
        SwapKind.TWO_WAY: f"{they} take a turn of next month in return",
        SwapKind.COVER: f"somebody covers for {arranged_for or 'you'} with nothing in return",
        SwapKind.EXCHANGE: f"{they} exchange audits of this month",
    }
    return ", or ".join(way for kind, way in ways.items() if kind is not but) + "."


def nobody_can(allocation: "Allocation", kind: SwapKind, arranged_for: str = "") -> str:
    return {
        SwapKind.TWO_WAY: f"Nobody with a turn in {month_name(following(allocation.round.month))} can take this one.",
        SwapKind.COVER: f"Nobody is free to cover for {arranged_for or 'you'}.",
        SwapKind.EXCHANGE: "Nobody has an audit that could be exchanged for this one.",
    }[kind]


def been_asked(swap: "Swap") -> str:
    been = "has" if len(swap.offers) == 1 else "have"
    asked = names_of([each.peer for each in swap.offers])
    return f"{asked} {been} been asked, and can answer {answer_by(swap)}. Until then it stays yours."


def made(swap: "Swap") -> str:
    return f"Done: {swap.how_it_stands} Both are told."


def accepted(swap: "Swap") -> str:
    """To who has just accepted."""
    if swap.is_under_way:
        return "Thank you. The administrator must say yes first; you are told then."
    in_return = {
        SwapKind.TWO_WAY: f"The audit is yours now, and {swap.asker.name} takes your turn in"
        f" {month_name(swap.later_month)}.",
        SwapKind.COVER: "The audit is yours now. Your own turns stay as they are.",
        SwapKind.EXCHANGE: f"You and {swap.asker.name} have exchanged audits.",
    }[swap.kind]
    return f"Thank you. {in_return}"


def declined(swap: "Swap") -> str:
    """To who has just said no."""
    if swap.is_open:
        return "Thank you for answering. Somebody else may take it."
    return f"Thank you for answering. {swap.asker.name} is told."


def withdrawn(swap: "Swap", reader: "Person") -> str:
    return f"Taken back. The audit stays {'yours' if swap.asker is reader else f'with {swap.asker.name}'}."


def undone(swap: "Swap") -> str:
    return f"Undone. The audit is with {swap.asker.name} again, and everybody is told."


def approved(swap: "Swap") -> str:
    return f"Approved. {swap.how_it_stands} Both are told."


def turned_down(swap: "Swap") -> str:
    return f"Not approved. The audit stays with {swap.asker.name}, who is told."
