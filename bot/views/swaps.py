"""How a swap is drawn: for who is asked, for who asks, for who approves, and in the modal that asks.

Before they accept, a peer sees the team and the plan type of the child's record, never its reference.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from bot import names
from bot.views.audits import open_audit
from bot.views.parts import Block, Option, button, buttons, choice, escaped, modal, quiet, section, sure, tick, ticks
from programme.allocations import Allocation
from programme.calendar import following, london, month_name
from programme.people import Person
from programme.swap_peers import Peer, why_asked
from programme.swap_words import names_of
from programme.swaps import Swap
from programme.words import SwapKind

BEST = 5
"""How many are there to be ticked; the others are in a list below them."""

LISTED_AT_MOST = 100
"""Slack lists no more options in one menu (Block Kit reference)."""


def answer_by(swap: Swap) -> str:
    return f"until the end of {london(swap.ends_at):%A %-d %B}"


def offer(swap: Swap) -> list[Block]:
    """One request, for who is asked, with the two answers."""
    audit = swap.allocation
    team = escaped(audit.case.team.name) if audit.case.team else "a team not recorded"
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
                button("Decline", names.DECLINE, swap.ref),
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
    return [
        section(
            f"*{taker} would take {swap.allocation.ref} from {escaped(swap.asker.name)}.* {escaped(_they_do(swap))}",
            f"Without a yes it stays with {escaped(swap.asker.name)} after {london(swap.ends_at):%A %-d %B}.",
        ),
        buttons(
            f"{names.SWAP_BLOCK} {swap.ref}",
            [
                button("Approve", names.APPROVE, swap.ref, primary=True),
                button("Do not approve", names.TURN_DOWN, swap.ref),
            ],
        ),
    ]


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
    return [*blocks, *([can_take_one()] if me.can_take_one() and not held else [])]


def can_take_one() -> Block:
    return buttons(names.HELP_BLOCK, [button("I can take one", names.CAN_TAKE_ONE, "this month")])


def swap_modal(
    allocation: Allocation, kind: SwapKind, peers: Sequence[Peer], *, at_most: int, arranges: bool = False
) -> Block:
    """Whom to ask, best first, and the other ways; where nobody can take it, the way on."""
    what = section(f"{allocation.ref}, due on {allocation.due_on:%A %-d %B}.")
    ways = _other_ways(allocation, kind)
    if not peers:
        return _nobody(allocation, kind, [what, ways], arranges=arranges)
    whom = _who_takes_it(allocation, kind, peers) if arranges else _whom_to_ask(allocation, kind, peers, at_most)
    return modal(
        "Swap",
        [what, *whom, quiet(_small_print(kind, arranges)), ways],
        view=names.SWAP_VIEW,
        send="Make the swap" if arranges else "Ask",
        about=f"{allocation.ref} {kind}",
    )


def _whom_to_ask(allocation: Allocation, kind: SwapKind, peers: Sequence[Peer], at_most: int) -> list[Block]:
    """The best to be ticked, each with why; then everybody else by name, and all of them at once."""
    options = _options(kind, peers)
    best, others = options[:BEST], options[BEST:][:LISTED_AT_MOST]
    most = min(at_most, len(peers))
    whom = "Whom do you ask?" if most == 1 else f"Whom do you ask? Up to {most}."
    best_first = ticks(names.PEER_FIELD, f"{whom} {_you_do(allocation, kind)}", best, optional=True)
    somebody_else = choice(names.OTHER_PEER_FIELD, "Or somebody else", others, optional=True)
    everybody = tick(names.EVERYBODY_FIELD, "Or ask more widely", f"Ask all {len(peers)} who could take it")
    return [best_first, *([somebody_else] if others else []), *([everybody] if len(peers) > 1 else [])]


def _who_takes_it(allocation: Allocation, kind: SwapKind, peers: Sequence[Peer]) -> list[Block]:
    """For the administrator: one, and it is made."""
    holder = allocation.holder.name if allocation.holder else ""
    label = {
        SwapKind.TWO_WAY: f"Who takes it? {holder} takes their turn in {_later(allocation)}.",
        SwapKind.COVER: f"Who takes it? They cover for {holder}; nothing in return.",
        SwapKind.EXCHANGE: f"Who takes it? {holder} takes theirs.",
    }[kind]
    return [choice(names.PEER_FIELD, label, _options(kind, peers)[:LISTED_AT_MOST])]


def _options(kind: SwapKind, peers: Sequence[Peer]) -> list[Option]:
    return [(peer.person.email, peer.person.name, why_asked(kind, peer)) for peer in peers]


def _other_ways(allocation: Allocation, but: SwapKind) -> Block:
    ways = {
        SwapKind.TWO_WAY: button("Swap turns", names.SWAP_TURNS, allocation.ref),
        SwapKind.COVER: button("Nothing in return", names.COVER, allocation.ref),
        SwapKind.EXCHANGE: button("Exchange audits", names.EXCHANGE, allocation.ref),
    }
    return buttons(names.WAYS_BLOCK, [way for kind, way in ways.items() if kind is not but])


def _you_do(allocation: Allocation, kind: SwapKind) -> str:
    return {
        SwapKind.TWO_WAY: f"You take their turn in {_later(allocation)}.",
        SwapKind.COVER: "They cover for you; nothing in return.",
        SwapKind.EXCHANGE: "You exchange audits of this month.",
    }[kind]


def _later(allocation: Allocation) -> str:
    return month_name(following(allocation.round.month))


def _small_print(kind: SwapKind, arranges: bool) -> str:  # noqa: FBT001 - reads as it is called
    if arranges:
        return "It is made at once. Both are told, and your name stands beside theirs."
    first = "Whoever is first to accept has it."
    if kind is SwapKind.EXCHANGE:
        return f"For when you have a part in the child's record, or know the family. {first}"
    return f"They are free and have no tie to the child. {first}"


def _nobody(allocation: Allocation, kind: SwapKind, blocks: Sequence[Block], *, arranges: bool) -> Block:
    why = {
        SwapKind.TWO_WAY: f"Nobody with a turn in {_later(allocation)} can take this one.",
        SwapKind.COVER: "Nobody is free to cover.",
        SwapKind.EXCHANGE: "Nobody has an audit that could be exchanged for this one.",
    }[kind]
    if arranges:
        return modal("Swap", [section(why), *blocks])
    said = section(why, "Try another way below, or press *Tell the administrator*, who looks for one.")
    return modal(
        "Swap", [said, *blocks], view=names.FOUND_NOBODY_VIEW, send="Tell the administrator", about=allocation.ref
    )


def made_modal(swap: Swap) -> Block:
    """What the administrator has arranged, and how to take it back."""
    said = section(f"Done: {escaped(swap.how_it_stands)} Both are told.")
    return modal("Swapped", [said, buttons(f"{names.SWAP_BLOCK} {swap.ref}", [undo_button(swap)])])


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
