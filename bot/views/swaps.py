"""How a swap is drawn: for who is asked, for who asks, and in the modal that asks.

Before they accept, a peer sees the team and the plan type of the child's record, never its reference.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from bot import names
from bot.views.audits import open_audit
from bot.views.parts import Block, button, buttons, choice, escaped, modal, quiet, section, sure
from programme.allocations import Allocation
from programme.calendar import following, london, month_name
from programme.swaps import Peer, Swap

PEERS_AT_MOST = 100
"""Slack lists no more options in one menu (Block Kit reference)."""


def answer_by(swap: Swap) -> str:
    return f"until the end of {london(swap.ends_at):%A %-d %B}"


def offer(swap: Swap) -> list[Block]:
    """One request, for who is asked, with the two answers."""
    audit = swap.allocation
    team = escaped(audit.case.team.name) if audit.case.team else "a team not recorded"
    later = month_name(swap.later_month)
    yes = sure(
        "Take this audit?", f"It is yours from now on, and {swap.asker.name} takes your turn in {later}.", "Accept"
    )
    return [
        section(
            f"*{escaped(swap.asker.name)} asks you to swap.* You would do their {audit.round.name} audit;"
            f" they would take your turn in {later}.",
            f"{team}, {escaped(audit.case.plan_type)}. Due on {audit.due_on:%A %-d %B}.",
        ),
        buttons(
            f"{names.SWAP_BLOCK} {swap.ref}",
            [
                button("Accept", names.ACCEPT, swap.ref, primary=True, confirm=yes),
                button("Decline", names.DECLINE, swap.ref),
            ],
        ),
        quiet(f"You can answer {answer_by(swap)}. No is a fine answer."),
    ]


def my_swaps(asked: Sequence[Swap], held: Sequence[Allocation], mine: Mapping[str, Swap], today: date) -> list[Block]:
    """What I am asked comes first, then my own audits with their swaps."""
    blocks = [block for swap in asked for block in offer(swap)]
    return blocks + [block for audit in held for block in open_audit(audit, today, mine.get(audit.ref))]


def swap_modal(allocation: Allocation, peers: Sequence[Peer]) -> Block:
    """Whom to ask, best first; words that help where nobody can take it."""
    later = month_name(following(allocation.round.month))
    if not peers:
        return modal(
            "Swap",
            [
                section(
                    f"Nobody with a turn in {later} can take this one.",
                    "Press *I can't do this one* on the audit: the administrator helps to find somebody.",
                )
            ],
        )
    listed = [(peer.person.email, f"{peer.person.name}, {_where(peer)}") for peer in peers[:PEERS_AT_MOST]]
    return modal(
        "Swap",
        [
            section(f"{allocation.ref}, due on {allocation.due_on:%A %-d %B}."),
            choice(names.PEER_FIELD, f"Who could take it? You take their turn in {later}.", listed),
            quiet("All of these are free this month and have no tie to the child. One is asked at a time."),
        ],
        view=names.SWAP_VIEW,
        send="Ask",
        about=allocation.ref,
    )


def _where(peer: Peer) -> str:
    return peer.person.team.name if peer.person.team else "no team"
