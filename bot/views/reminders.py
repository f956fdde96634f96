"""How reminders are drawn: to an auditor, to an action's owner, to a Head of Service; and what they answer."""

from collections.abc import Sequence
from datetime import date

from bot import names
from bot.views.audits import BESIDE, due_words, sentence
from bot.views.fitting import within_message
from bot.views.held import to_mend
from bot.views.more_time import listed as listed_days
from bot.views.parts import Block, beside, button, buttons, choice, escaped, modal, quiet, section
from programme import chasing
from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import london
from programme.chasing import StepTaken
from programme.has_come import HasCome
from programme.reasons import beside_a_name
from programme.words import Reason

LINES_AT_MOST = 40


def audit_line(allocation: Allocation, today: date) -> Block:
    """Which audit it is and when it is due."""
    return section(
        f"*{allocation.case.ref}*  {escaped(allocation.round.theme)}",
        f"{sentence(due_words(allocation.due_on, today))}  ({allocation.ref})",
    )


def open_until(allocation: Allocation) -> str:
    """'Thursday 19 October at 12:00': the last moment at which it is in time."""
    return f"{london(allocation.round.cut_off_at):%A %-d %B at %H:%M}" if allocation.round.cut_off_at else "the end"


def open_form(allocation: Allocation) -> Block:
    return button("Open the form", names.OPEN_FORM, allocation.ref, primary=True)


def on_track(allocation: Allocation) -> Block:
    return button("On track", names.ON_TRACK, allocation.ref, primary=True)


def cannot_do(allocation: Allocation) -> Block:
    return button("I can't do this one", names.CANNOT_DO, allocation.ref)


def pressable(allocation: Allocation, elements: Sequence[Block]) -> Block:
    return buttons(f"{names.AUDIT_BLOCK} {allocation.ref}", elements)


def late_audit(allocation: Allocation, today: date) -> str:
    """One line of a Head of Service's digest."""
    name = escaped(allocation.holder.name) if allocation.holder else "nobody"
    return f"*{allocation.ref}*  {name}, {due_words(allocation.due_on, today)}"


def late_action(action: Action, today: date) -> str:
    return f"*{action.ref}*  {action.priority}, {escaped(action.owner.name)}, {due_words(action.due_on, today)}"


STEP_WORDS = {
    chasing.CHECK_IN: "the check-in",
    chasing.DAY_BEFORE: "'due tomorrow'",
    chasing.WAS_DUE: "'was due'",
    chasing.HEAD_TOLD: "'your Head of Service has been told'",
    chasing.CLOSING: "'closing today'",
    chasing.ASKED_FOR: "the reminder they asked for",
}


def last_sent(allocation: Allocation, steps: Sequence[StepTaken], today: date) -> str:
    """One late audit, and the newest step that was taken of it or the reason that is known."""
    of_now = [step for step in steps if step.due_on == allocation.due_on]
    if allocation.reason:
        why = beside_a_name(Reason(allocation.reason))
        said = f"reason: {why.lower()}" if why else "a reason is known"
    elif of_now:
        said = f"last sent {STEP_WORDS[chasing.kind_of(of_now[-1].step)]} on {london(of_now[-1].taken_at):%A %-d %B}"
    else:
        said = "nothing sent yet"
    return f"{late_audit(allocation, today)}; {said}"


def to_explain(allocation: Allocation, today: date) -> Block:
    """One line of a Head of Service's digest, who may say why in its auditor's place."""
    return beside(section(late_audit(allocation, today)), button("Say why", names.CANNOT_DO, allocation.ref))


def listed(lines: Sequence[Block]) -> list[Block]:
    """So many lines, and how many more there are."""
    blocks = list(lines[:LINES_AT_MOST])
    if len(lines) > LINES_AT_MOST:
        blocks.append(quiet(f"And {len(lines) - LINES_AT_MOST} more: sign in to the pages."))
    return within_message(blocks, beside=BESIDE)


def remind_me(allocation: Allocation) -> Block:
    return button("Remind me on…", names.REMIND_ME, allocation.ref)


def sent_it(allocation: Allocation) -> Block:
    return button("I've sent it", names.SENT_IT, allocation.ref)


def remind_me_modal(allocation: Allocation, days: Sequence[date], today: date) -> Block:
    return modal(
        "Remind me on…",
        [
            section(f"{allocation.ref}, {due_words(allocation.due_on, today)}."),
            choice(names.DAY_FIELD, "When shall we remind you?", listed_days(days)),
            quiet("We say nothing before that day. The date of the audit stays; More time moves that."),
        ],
        view=names.REMIND_ME_VIEW,
        send="Remind me then",
        about=allocation.ref,
    )


def sent_it_modal(found: HasCome) -> Block:
    """It is here, or here to be mended; or nothing of it has come, and the way to it."""
    said = f"*{found.headline}* {found.what_to_do}".strip()
    if found.held is not None:
        return modal("I've sent it", [section(said), *to_mend(found.held)])
    to_the_form = [] if found.is_here else [pressable(found.allocation, [open_form(found.allocation)])]
    return modal("I've sent it", [section(said), *to_the_form])
