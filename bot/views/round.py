"""How a month is drawn for those who run it: what is done, what is next, and the preview of an allocation."""

from dataclasses import dataclass

from bot import names
from bot.views.parts import Block, button, buttons, escaped, header, modal, quiet, section, sure
from programme.figures import Account
from programme.matching import Matching
from programme.moderation_day import NOTHING_TO_PAIR, ToPair
from programme.rounds import Round

LINES_AT_MOST = 90
NAMED_AT_MOST = 20


@dataclass(frozen=True)
class Standing:
    """A month in numbers: children's records in the frame, drawn, without an auditor, allocated but not given out."""

    frame: int
    drawn: int
    unallocated: int
    planned: int
    account: Account
    to_pair: ToPair = NOTHING_TO_PAIR


def round_now(of: Round, standing: Standing, *, runs_it: bool) -> list[Block]:
    """How the month stands; for those who run it, with the buttons of its next steps."""
    account = standing.account
    target = of.target or 0
    short = f"*{target - standing.drawn} short of the target.*" if standing.drawn < target else "The target can be met."
    blocks = [
        header(f"{of.name}: {of.theme}"),
        section(
            f"{standing.drawn} of {standing.frame} children's records drawn; the target is {target}. {short}",
            f"{standing.unallocated} without an auditor · {standing.planned} allocated and not yet given out",
            f"{account.given_out} given out · {account.returned} returned · {account.awaiting} still out",
        ),
    ]
    if of.due_on and of.cut_off_at and of.moderate_on:
        blocks.append(quiet(f"Due {of.due_on:%A %-d %B}. Moderation {of.moderate_on:%A %-d %B}."))
    if not runs_it:
        return blocks
    pressable = next_steps(of, standing.unallocated, standing.planned, standing.to_pair)
    return [*blocks, buttons(names.ROUND_BLOCK, pressable) if pressable else quiet("Nothing is waiting for you here.")]


def next_steps(of: Round, unallocated: int, planned: int, to_pair: ToPair) -> list[Block]:
    """The buttons of what can be done of a month here: allocate so many, give out so many, open the moderation day."""
    steps = []
    if unallocated:
        steps.append(button("Allocate", names.ALLOCATE, of.month, primary=not planned))
    if planned:
        question = "Each auditor gets a message at once. This cannot be taken back here."
        asked = sure(f"Give out {planned}?", question, "Give out")
        steps.append(button(f"Give out {planned}", names.GIVE_OUT, of.month, primary=True, confirm=asked))
    if to_pair.audits:
        words = f"Give {to_pair.audits} to pairs" if to_pair.opened else "Open the moderation day"
        steps.append(button(words, names.OPEN_DAY, of.month, primary=not steps))
    return steps


def preview_modal(of: Round, matching: Matching) -> Block:
    """Each line with its reason; what cannot be placed comes first, with what blocks it and what would place it."""
    blocks = [section(line) for line in _preview_lines(matching)]
    if len(blocks) > LINES_AT_MOST:
        blocks = [*blocks[:LINES_AT_MOST], quiet(f"And {len(blocks) - LINES_AT_MOST} more: sign in to the pages.")]
    if matching.changes_nothing:
        return modal(f"Allocate {of.month}", [*blocks, section("Nothing more can be placed as it is.")])
    count = f"{len(matching.new)} can be placed" if matching.new else f"{len(matching.moves)} would move"
    blocks.insert(0, section(f"{count}. They are allocated together, and given out later."))
    return modal(
        f"Allocate {of.month}",
        blocks,
        view=names.ALLOCATE_VIEW,
        send=f"Allocate {len(matching.new)}" if matching.new else f"Move {len(matching.moves)}",
        about=f"{of.month} {matching.mark}",
    )


def _preview_lines(matching: Matching) -> list[str]:
    """What is left out, what moves, and what is new; what was allocated before and stays is not repeated."""
    lines = []
    for out in matching.left_out:
        refs = [case.ref for case in out.cases]
        more = f" and {len(refs) - NAMED_AT_MOST} more" if len(refs) > NAMED_AT_MOST else ""
        named = f"*{', '.join(refs[:NAMED_AT_MOST])}*{more}"
        lines.append(f"{named} not placed: {escaped(out.said)}")
    for move in matching.moves:
        to = move.after.name if move.after else "nobody"
        lines.append(f"*{move.case.ref}* moves to {escaped(to)}, because {escaped(move.because)}.")
    return lines + [f"*{line.case.ref}* → {escaped(line.person.name)}: {escaped(line.reason)}" for line in matching.new]
