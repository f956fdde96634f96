"""How a swap is drawn: for who is asked, for who asks, for who approves, and in the modal that asks.

Before they accept, a peer sees the team and the plan type of the child's record, never its reference.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot import names
from bot.views.audits import open_audit, to_the_pages
from bot.views.fitting import within_message
from bot.views.parts import (
    Block,
    Option,
    button,
    buttons,
    can_be_an_option,
    choice,
    escaped,
    modal,
    quiet,
    section,
    sure,
    tick,
    ticks,
)
from programme.allocations import Allocation
from programme.people import Person
from programme.swap_board import Board
from programme.swap_peers import Peer, why_asked
from programme.swap_words import (
    KIND_LABELS,
    MADE_AT_ONCE,
    NOTHING_TO_SWAP,
    asks_for,
    been_asked,
    going_back,
    nobody_can,
    other_ways,
    small_print_of,
    stays_after,
    they_do,
    undo_by,
    who_does_what,
    whoever_is_first,
    whom_to_ask,
    yours_from,
)
from programme.swaps import Swap
from programme.words import SwapKind

BEST = 5
"""How many are there to be ticked; the others are in a list below them."""

LISTED_AT_MOST = 100
"""Slack lists no more options in one menu (Block Kit reference)."""


def offer(swap: Swap, *, approval: bool) -> list[Block]:
    """One request, for who is asked, with the two answers; `approval` is whether the administrator says yes first."""
    audit = swap.allocation
    team = escaped(audit.case.team.name) if audit.case.team else "a team not recorded"
    no = sure("Say that you cannot take it?", "That is fine. You cannot take this one after that.", "Decline")
    yes = sure("Take this audit?", f"{yours_from(approval=approval)} {they_do(swap)}", "Accept")
    return [
        section(
            f"*{escaped(swap.asker.name)} {asks_for(swap)}* You would do their {audit.round.name} audit."
            f" {escaped(they_do(swap))}",
            f"{team}, {escaped(audit.case.plan_type)}. Due on {audit.due_on:%A %-d %B}.",
        ),
        buttons(
            f"{names.SWAP_BLOCK} {swap.ref}",
            [
                button("Accept", names.ACCEPT, swap.ref, primary=True, confirm=yes),
                button("Decline", names.DECLINE, swap.ref, confirm=no),
            ],
        ),
        quiet(small_print_of(swap)),
    ]


def undoable(swap: Swap, until: datetime) -> list[Block]:
    """What somebody took over and may still give back."""
    return [
        section(f"*You took over {swap.allocation.ref}* from {escaped(swap.asker.name)}. {undo_by(until)}"),
        buttons(f"{names.SWAP_BLOCK} {swap.ref} undo", [undo_button(swap)]),
    ]


def undo_button(swap: Swap) -> Block:
    ask = sure("Undo this swap?", going_back(swap), "Undo")
    return button("Undo", names.UNDO, swap.ref, confirm=ask)


def to_approve(swap: Swap) -> list[Block]:
    """For the administrator, where policy asks for their yes."""
    taker, asker = escaped(swap.taker.name) if swap.taker else "", escaped(swap.asker.name)
    no = sure("Do not approve this swap?", f"The audit stays with {swap.asker.name}, who is told.", "Do not approve")
    return [
        section(
            f"*{taker} would take {swap.allocation.ref} from {asker}*: {escaped(who_does_what(swap))}.",
            escaped(stays_after(swap)),
        ),
        buttons(
            f"{names.SWAP_BLOCK} {swap.ref}",
            [
                button("Approve", names.APPROVE, swap.ref, primary=True),
                button("Do not approve", names.TURN_DOWN, swap.ref, confirm=no),
            ],
        ),
    ]


def months_swaps(seen: Board | None) -> list[Block]:
    """For who arranges them: what waits for a yes, how the others stand, and where they are arranged."""
    if seen is None:
        return [section("No audits are out at the moment, so nobody swaps."), to_the_pages()]
    waiting = [block for swap in seen.to_approve for block in to_approve(swap)]
    counts = f"{len(seen.still_open)} open · {len(seen.failed)} found nobody · {len(seen.made)} made"
    return within_message(
        [
            *waiting,
            section(f"*This month's swaps*  {counts}", "Swaps, on the pages, shows and arranges them."),
            to_the_pages(),
        ],
        beside=1,
    )


def my_swaps(
    me: Person,
    asked: Sequence[Swap],
    held: Sequence[Allocation],
    mine: Mapping[str, Swap],
    taken: Mapping[Swap, datetime],
    today: date,
    *,
    approval: bool,
) -> list[Block]:
    """What I am asked, then what I may undo and until when, then my own audits with their swaps; or none."""
    blocks = [block for swap in asked for block in offer(swap, approval=approval)]
    blocks += [block for swap, until in taken.items() for block in undoable(swap, until)]
    blocks += [block for audit in held for block in open_audit(audit, today, mine.get(audit.ref))]
    if held:
        return within_message(blocks, beside=1)
    perhaps = " If you have room, you could take one for somebody." if me.can_take_one() else ""
    return within_message(
        [*blocks, section(NOTHING_TO_SWAP + perhaps), *([can_take_one()] if me.can_take_one() else [])], beside=1
    )


def can_take_one() -> Block:
    return buttons(names.HELP_BLOCK, [button("I can take one", names.CAN_TAKE_ONE, "this month")])


def swap_modal(
    allocation: Allocation, kind: SwapKind, peers: Sequence[Peer], *, at_most: int, arranges: bool = False
) -> Block:
    """Whom to ask, best first, and the other ways; where nobody can take it, the way on."""
    peers = [peer for peer in peers if can_be_an_option(peer.person.email)]
    what = section(f"{allocation.ref}, due on {allocation.due_on:%A %-d %B}.")
    arranged_for = allocation.holder.name if arranges and allocation.holder else ""
    ways = _other_ways(allocation, kind, arranged_for)
    if not peers:
        return _nobody(allocation, kind, [what, *ways], arranged_for)
    options = [(peer.person.email, peer.person.name, why_asked(kind, peer)) for peer in peers]
    if arranges:
        whom = [choice(names.PEER_FIELD, whom_to_ask(allocation, kind, 1, arranged_for), options[:LISTED_AT_MOST])]
    else:
        whom = _whom_to_ask(whom_to_ask(allocation, kind, min(at_most, len(peers))), options)
    return modal(
        "Swap",
        [what, *whom, quiet(MADE_AT_ONCE if arranges else whoever_is_first(kind)), *ways],
        view=names.SWAP_VIEW,
        send="Make the swap" if arranges else "Ask",
        about=f"{allocation.ref} {kind}",
    )


def _whom_to_ask(question: str, options: Sequence[Option]) -> list[Block]:
    """The best to be ticked, each with why; then everybody else by name, and all of them at once."""
    others = options[BEST:][:LISTED_AT_MOST]
    somebody_else = choice(names.OTHER_PEER_FIELD, "Or somebody else", others, optional=True)
    everybody = tick(names.EVERYBODY_FIELD, "Or ask more widely", f"Ask all {len(options)} who could take it")
    return [
        ticks(names.PEER_FIELD, question, options[:BEST], optional=True),
        *([somebody_else] if others else []),
        *([everybody] if len(options) > 1 else []),
    ]


def _other_ways(allocation: Allocation, but: SwapKind, arranged_for: str) -> list[Block]:
    ways = {
        SwapKind.TWO_WAY: button(KIND_LABELS[SwapKind.TWO_WAY], names.SWAP_TURNS, allocation.ref),
        SwapKind.COVER: button(KIND_LABELS[SwapKind.COVER], names.COVER, allocation.ref),
        SwapKind.EXCHANGE: button(KIND_LABELS[SwapKind.EXCHANGE], names.EXCHANGE, allocation.ref),
    }
    return [
        section(f"*Other ways*: {escaped(other_ways(but, arranged_for))}"),
        buttons(names.WAYS_BLOCK, [way for kind, way in ways.items() if kind is not but]),
    ]


def _nobody(allocation: Allocation, kind: SwapKind, blocks: Sequence[Block], arranged_for: str) -> Block:
    why = escaped(nobody_can(allocation, kind, arranged_for))
    if arranged_for:
        return modal("Swap", [section(why), *blocks])
    said = section(why, "Try another way below, or press *Tell the administrator*, who looks for one.")
    return modal(
        "Swap", [said, *blocks], view=names.FOUND_NOBODY_VIEW, send="Tell the administrator", about=allocation.ref
    )


def made_modal(swap: Swap) -> Block:
    """What the administrator has arranged, and how to take it back."""
    said = section(f"Done: {escaped(swap.how_it_stands)} Both are told.")
    return modal("Swapped", [said, buttons(f"{names.SWAP_BLOCK} {swap.ref}", [undo_button(swap)])])


def asked_modal(swap: Swap) -> Block:
    """Who was asked and until when."""
    return modal("Asked", [section(escaped(been_asked(swap)))])


def to_answer_modal(swaps: Sequence[Swap], *, approval: bool) -> Block:
    """For who offers help: what they may answer at once."""
    return modal("I can take one", [block for swap in swaps for block in offer(swap, approval=approval)])
