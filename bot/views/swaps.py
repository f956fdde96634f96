"""How a swap is drawn: for who is asked, for who asks, for who approves, and in the modal that asks.

Before they accept, a peer sees the team and the plan type of the child's record, never its reference.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from bot import names
from bot.views.audits import open_audit
from bot.views.fitting import within_message
from bot.views.parts import (
    Block,
    button,
    buttons,
    can_be_an_option,
    choices,
    escaped,
    modal,
    quiet,
    section,
    sure,
    tick,
)
from programme.allocations import Allocation
from programme.calendar import following, london, month_name
from programme.people import Person
from programme.swap_peers import Peer, why_asked
from programme.swap_words import names_of
from programme.swaps import Swap
from programme.words import SwapKind

PEERS_AT_MOST = 100
"""Slack lists no more options in one menu (Block Kit reference)."""


def answer_by(swap: Swap) -> str:
    return f"until the end of {london(swap.ends_at):%A %-d %B}"


def offer(swap: Swap) -> list[Block]:
    """One request, for who is asked, with the two answers."""
    audit = swap.allocation
    team = escaped(audit.case.team.name) if audit.case.team else "a team not recorded"
    no = sure("Say that you cannot take it?", "That is fine. You cannot take this one after that.", "Decline")
    yes = sure("Take this audit?", f"It is yours from now on. {_they_do(swap)}", "Accept")
    return [
        section(
            f"*{escaped(swap.asker.name)} asks {_for_what(swap)}* You would do their {audit.round.name} audit."
            f" {escaped(_they_do(swap))}",
            f"{team}, {escaped(audit.case.plan_type)}. Due on {audit.due_on:%A %-d %B}.",
        ),
        buttons(
            f"{names.SWAP_BLOCK} {swap.ref}",
            [
                button("Accept", names.ACCEPT, swap.ref, primary=True, confirm=yes),
                button("Decline", names.DECLINE, swap.ref, confirm=no),
            ],
        ),
        quiet(f"You can answer {answer_by(swap)}. No is a fine answer.{_others_asked(swap)}"),
    ]


def _for_what(swap: Swap) -> str:
    return {
        SwapKind.TWO_WAY: "you to swap.",
        SwapKind.COVER: "you to cover for them.",
        SwapKind.EXCHANGE: "you to exchange audits: they should not read the one they have.",
    }[swap.kind]


def _they_do(swap: Swap) -> str:
    return {
        SwapKind.TWO_WAY: f"They take your turn in {month_name(swap.later_month)}.",
        SwapKind.COVER: "Your own turns stay as they are.",
        SwapKind.EXCHANGE: "They do yours.",
    }[swap.kind]


def _others_asked(swap: Swap) -> str:
    return " Others are asked too: whoever is first has it." if len(swap.waits_for) > 1 else ""


def undoable(swap: Swap) -> list[Block]:
    """What somebody took over and may still give back."""
    return [
        section(f"*You took over {swap.allocation.ref}* from {escaped(swap.asker.name)}. You can undo that for a day."),
        buttons(f"{names.SWAP_BLOCK} {swap.ref} undo", [undo_button(swap)]),
    ]


def undo_button(swap: Swap) -> Block:
    ask = sure("Undo this swap?", f"The audit goes back to {swap.asker.name}, and every turn to where it was.", "Undo")
    return button("Undo", names.UNDO, swap.ref, confirm=ask)


def to_approve(swap: Swap) -> list[Block]:
    """For the administrator, where policy asks for their yes."""
    taker = escaped(swap.taker.name) if swap.taker else ""
    no = sure("Do not approve this swap?", f"The audit stays with {swap.asker.name}, who is told.", "Do not approve")
    return [
        section(
            f"*{taker} would take {swap.allocation.ref} from {escaped(swap.asker.name)}.* {_in_return(swap)}",
            f"Without a yes it stays with {escaped(swap.asker.name)} after {london(swap.ends_at):%A %-d %B}.",
        ),
        buttons(
            f"{names.SWAP_BLOCK} {swap.ref}",
            [
                button("Approve", names.APPROVE, swap.ref, primary=True),
                button("Do not approve", names.TURN_DOWN, swap.ref, confirm=no),
            ],
        ),
    ]


def _in_return(swap: Swap) -> str:
    """What the asker does for it, said to somebody who is neither of the two."""
    asker = escaped(swap.asker.name)
    return {
        SwapKind.TWO_WAY: f"{asker} takes their turn in {month_name(swap.later_month)}.",
        SwapKind.COVER: "It is a cover: nothing is asked in return.",
        SwapKind.EXCHANGE: f"{asker} does theirs.",
    }[swap.kind]


def my_swaps(
    me: Person,
    asked: Sequence[Swap],
    held: Sequence[Allocation],
    mine: Mapping[str, Swap],
    taken: Sequence[Swap],
    today: date,
) -> list[Block]:
    """What I am asked comes first, then what I may undo, then my own audits with their swaps."""
    blocks = [block for swap in asked for block in offer(swap)]
    blocks += [block for swap in taken for block in undoable(swap)]
    blocks += [block for audit in held for block in open_audit(audit, today, mine.get(audit.ref))]
    if not held:
        blocks.append(section("You have no audit at the moment, so there is nothing to swap."))
    return within_message([*blocks, *([can_take_one()] if me.can_take_one() and not held else [])])


def can_take_one() -> Block:
    return buttons(names.HELP_BLOCK, [button("I can take one", names.CAN_TAKE_ONE, "this month")])


def swap_modal(
    allocation: Allocation, kind: SwapKind, peers: Sequence[Peer], *, at_most: int, arranges: bool = False
) -> Block:
    """Whom to ask, best first, and the other ways; where nobody can take it, the way on."""
    peers = [peer for peer in peers if can_be_an_option(peer.person.email)]
    what = section(f"{allocation.ref}, due on {allocation.due_on:%A %-d %B}.")
    ways = _other_ways(allocation, kind)
    if not peers:
        return _nobody(allocation, kind, [what, ways], arranges=arranges)
    listed = [(peer.person.email, peer.person.name, why_asked(kind, peer)) for peer in peers[:PEERS_AT_MOST]]
    asks = choices(names.PEER_FIELD, _label(allocation, kind, at_most), listed, at_most=at_most, optional=not arranges)
    everybody = tick(names.EVERYBODY_FIELD, "Or ask more widely", f"Ask all {len(peers)} who could take it")
    return modal(
        "Swap",
        [what, asks, *([] if arranges or len(peers) == 1 else [everybody]), quiet(_small_print(kind, arranges)), ways],
        view=names.SWAP_VIEW,
        send="Make the swap" if arranges else "Ask",
        about=f"{allocation.ref} {kind}",
    )


def _other_ways(allocation: Allocation, but: SwapKind) -> Block:
    ways = {
        SwapKind.TWO_WAY: button("Swap turns", names.SWAP_TURNS, allocation.ref),
        SwapKind.COVER: button("Nothing in return", names.COVER, allocation.ref),
        SwapKind.EXCHANGE: button("Exchange audits", names.EXCHANGE, allocation.ref),
    }
    return buttons(names.WAYS_BLOCK, [way for kind, way in ways.items() if kind is not but])


def _label(allocation: Allocation, kind: SwapKind, at_most: int) -> str:
    later = month_name(following(allocation.round.month))
    who = "Who takes it?" if at_most == 1 else f"Whom do you ask? Up to {at_most}."
    return {
        SwapKind.TWO_WAY: f"{who} You take their turn in {later}.",
        SwapKind.COVER: f"{who} They cover for you; nothing in return.",
        SwapKind.EXCHANGE: f"{who} You exchange audits of this month.",
    }[kind]


def _small_print(kind: SwapKind, arranges: bool) -> str:  # noqa: FBT001 - reads as it is called
    if arranges:
        return "It is made at once. Both are told, and your name stands beside theirs."
    first = "Whoever is first to accept has it."
    part = " For when you have a part in the child's record, or know the family." if kind is SwapKind.EXCHANGE else ""
    return f"All of these are free and have no tie to the child. {first}{part}"


def _nobody(allocation: Allocation, kind: SwapKind, blocks: Sequence[Block], *, arranges: bool) -> Block:
    later = month_name(following(allocation.round.month))
    why = {
        SwapKind.TWO_WAY: f"Nobody with a turn in {later} can take this one.",
        SwapKind.COVER: "Nobody is free to cover for you.",
        SwapKind.EXCHANGE: "Nobody has an audit that could be exchanged for this one.",
    }[kind]
    if arranges:
        return modal("Swap", [section(why), *blocks])
    said = section(why, "Try another way below, or press *Tell the administrator*, who looks for one.")
    return modal(
        "Swap", [said, *blocks], view=names.FOUND_NOBODY_VIEW, send="Tell the administrator", about=allocation.ref
    )


def asked_modal(*swaps: Swap, reader: Person | None = None) -> Block:
    """Who was asked and until when; for who offers help, what they may answer at once."""
    if reader is not None:
        return modal("I can take one", [block for swap in swaps for block in offer(swap)])
    [swap] = swaps
    been = "has" if len(swap.offers) == 1 else "have"
    asked = names_of([each.peer for each in swap.offers])
    return modal(
        "Asked",
        [section(f"{escaped(asked)} {been} been asked, and can answer {answer_by(swap)}. Until then it stays yours.")],
    )
