"""How a month is drawn for those who run it: what is done, what is next, and the preview of an allocation."""

from dataclasses import dataclass

from bot import names
from bot.views.parts import Block, button, buttons, escaped, header, modal, quiet, section, sure
from programme.figures import Account
from programme.matching import Matching
from programme.rounds import Round

LINES_AT_MOST = 90


@dataclass(frozen=True)
class Standing:
    """A month in numbers: children's records in the frame, drawn, without an auditor, allocated but not given out."""

    frame: int
    drawn: int
    unallocated: int
    planned: int
    account: Account


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
    pressable = _next_steps(of, standing)
    return [*blocks, buttons(names.ROUND_BLOCK, pressable) if pressable else quiet("Nothing is waiting for you here.")]


def _next_steps(of: Round, standing: Standing) -> list[Block]:
    steps = []
    if standing.unallocated:
        steps.append(button("Allocate", names.ALLOCATE, of.month, primary=not standing.planned))
    if standing.planned:
        question = "Each auditor gets a message at once. This cannot be taken back here."
        asked = sure(f"Give out {standing.planned}?", question, "Give out")
        steps.append(button(f"Give out {standing.planned}", names.GIVE_OUT, of.month, primary=True, confirm=asked))
    return steps


def preview_modal(of: Round, matching: Matching) -> Block:
    """Each line with its reason; what cannot be placed comes first, with the rule that blocks it."""
    lines = [f"*{line.case.ref}* not placed: {escaped(line.because)}" for line in matching.unplaced]
    lines += [f"*{line.case.ref}* → {escaped(line.person.name)}: {escaped(line.because)}" for line in matching.placed]
    blocks = [section(line) for line in lines[:LINES_AT_MOST]]
    if len(lines) > LINES_AT_MOST:
        blocks.append(quiet(f"And {len(lines) - LINES_AT_MOST} more: sign in to the pages."))
    if not matching.placed:
        return modal(f"Allocate {of.month}", [*blocks, section("Nothing can be placed as it is.")])
    blocks.insert(
        0, section(f"{len(matching.placed)} can be placed. They are allocated together, and given out later.")
    )
    return modal(
        f"Allocate {of.month}",
        blocks,
        view=names.ALLOCATE_VIEW,
        send=f"Allocate {len(matching.placed)}",
        about=f"{of.month} {matching.mark}",
    )
