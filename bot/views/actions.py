"""How an action is drawn: its reference, priority and day, never its words, except in the modal its owner opens."""

from collections.abc import Sequence
from datetime import date, datetime

from bot import names
from bot.views.audits import due_words, sentence
from bot.views.parts import Block, button, buttons, date_field, escaped, line_field, modal, quiet, section, words_field
from programme.actions import Action
from programme.calendar import london
from programme.people import Person
from programme.words import ActionState, Priority

AT_MOST = 10


def open_action(action: Action, today: date, reader: Person | None = None) -> list[Block]:
    """One action still to be done, with its button; who stands in for somebody reads whose it is."""
    whose = "" if reader is None or action.owner is reader else f", for {escaped(action.owner.name)}"
    what = f"{when_due(action, today)}  ({action.allocation.case.ref}){whose}"
    return [
        section(f"*{action.ref}*  {action.priority}", what),
        buttons(
            f"{names.ACTION_BLOCK} {action.ref}",
            [
                button("Confirm complete", names.CONFIRM_COMPLETE, action.ref, primary=True),
                button("More…", names.MORE_STEPS, action.ref),
            ],
        ),
    ]


def acknowledge(actions: Sequence[Action]) -> list[Block]:
    """One press for all of these that one audit asks of one owner, while one of them is not acknowledged."""
    unread = [action for action in actions if action.state is ActionState.SENT]
    if not unread:
        return []
    press = button("Acknowledge", names.ACKNOWLEDGE, unread[0].ref)
    return [buttons(f"{names.READ_BLOCK} {unread[0].ref}", [press])]


def when_due(action: Action, today: date) -> str:
    """'Due on Friday 13 October'; an immediate one is due by the hour."""
    if action.priority is Priority.IMMEDIATE:
        return f"Due by {london(action.due_at):%H:%M on %A %-d %B}"
    return sentence(due_words(action.due_on, today))


def my_actions(
    still_open: Sequence[Action], today: date, reader: Person | None = None, at_most: int = AT_MOST
) -> list[Block]:
    """What to do for children, in the order in which it is given."""
    blocks = [block for action in still_open[:at_most] for block in open_action(action, today, reader)]
    if len(still_open) > at_most:
        blocks.append(quiet(f"And {len(still_open) - at_most} more: sign in to the pages."))
    return blocks


def settled_line(action: Action) -> str:
    """How one action ended, and by whom."""
    if action.confirmed_by and action.confirmed_at:
        when = f"{london(action.confirmed_at):%A %-d %B}"
        return f"*{action.ref}* was confirmed complete on {when} by {escaped(action.confirmed_by.name)}. Thank you."
    if action.withdrawn_at:
        return f"*{action.ref}* was withdrawn on {london(action.withdrawn_at):%A %-d %B}. You need not do it any more."
    return f"*{action.ref}* asks nothing more of you."


def confirm_modal(action: Action, at: datetime) -> Block:
    """What was asked, and the five things that show that it was done."""
    today = london(at).date()
    return modal(
        "Confirm complete",
        [
            section(f"*{action.ref}*, {action.allocation.case.ref}", escaped(action.step)),
            quiet(escaped(f"It worked if: {action.measure}")),
            words_field(names.DONE_FIELD, "What was done?"),
            date_field(names.DONE_ON_FIELD, "When?", today),
            words_field(names.CHANGED_FIELD, "What changed for the child?"),
            date_field(names.RECORDED_ON_FIELD, "When did it go on the child's record?", today),
            line_field(names.RECORDED_WHERE_FIELD, "Where does the record show it?"),
            quiet("Please write no names: say the child, the mother, the worker."),
        ],
        view=names.CONFIRM_VIEW,
        send="Confirm",
        about=action.ref,
    )
