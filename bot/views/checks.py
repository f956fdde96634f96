"""How a check of a confirmed action is drawn: its words stand only in the modal that who was asked opens."""

from collections.abc import Sequence
from datetime import date

from bot import names
from bot.views.audits import due_words, sentence
from bot.views.parts import Block, button, buttons, choice, escaped, modal, quiet, section, words_field
from programme.calendar import london
from programme.checking import Check, CheckAnswer
from programme.people import Person

AT_MOST = 10
HEADING = "*To check: does the record show it?*"


def to_check(check: Check, today: date) -> list[Block]:
    """One that waits for who was asked."""
    action = check.action
    return [
        section(
            f"*{action.ref}*  {action.priority}  ({action.allocation.case.ref})",
            f"Confirmed on {london(check.confirmed_at):%A %-d %B}. {sentence(due_words(check.due_on, today))}",
        ),
        buttons(f"{names.CHECK_BLOCK} {check.ref}", [button("Check", names.CHECK, action.ref, primary=True)]),
    ]


def my_checks(waiting: Sequence[Check], today: date) -> list[Block]:
    """What somebody is asked to check, beside their own actions; nothing where nothing is."""
    if not waiting:
        return []
    blocks = [section(HEADING), *(block for check in waiting[:AT_MOST] for block in to_check(check, today))]
    left = len(waiting) - AT_MOST
    return [*blocks, quiet(f"And {left} more: sign in to the pages.")] if left > 0 else blocks


def settled_check(check: Check, reader: Person) -> str:
    """How it ended, for who was asked."""
    name = f"The check of *{check.action.ref}*"
    if check.waits and check.checker is not reader:
        return f"{name} is with somebody else now."
    if check.answer is None or check.answer is CheckAnswer.FELL_AWAY:
        return f"{name} is not needed any more."
    return f"{name} is made. Thank you."


def check_modal(check: Check) -> Block:
    """What was asked and what was said to be done, for who looks into the record."""
    action = check.action
    said = [("What was done", action.done), ("What changed for the child", action.changed)]
    said += [("Where the record shows it", action.recorded_where)] if action.recorded_where else []
    return modal(
        "Check",
        [
            section(f"*{action.ref}*, {action.allocation.case.ref}", escaped(action.step)),
            quiet(escaped(f"It worked if: {action.measure}")),
            *(section(f"*{asked}*", escaped(words)) for asked, words in said),
            section(*(f"{what}: {day:%A %-d %B %Y}" for what, day in _days(check))),
            choice(
                names.ANSWER_FIELD,
                "Does the child's record show it?",
                [(CheckAnswer.SHOWN, "The record shows it"), (CheckAnswer.REOPENED, "Reopen")],
            ),
            words_field(names.WORDS_FIELD, "If you reopen it: what does the record not show?", optional=True),
            quiet("Please write no names: say the child, the mother, the worker."),
        ],
        view=names.CHECK_VIEW,
        send="Send",
        about=action.ref,
    )


def _days(check: Check) -> list[tuple[str, date]]:
    action = check.action
    days = [("Done on", action.done_on), ("On the child's record since", action.recorded_on)]
    return [(what, day) for what, day in days if day]
