"""How a Head of Service is shown a late action, and what they may do about it."""

from datetime import date

from bot import names
from bot.views.action_steps import NO_NAMES
from bot.views.audits import due_words, sentence
from bot.views.parts import Block, button, choice, date_field, escaped, modal, quiet, section, words_field
from programme.actions import Action
from programme.answering_late import LATE_ANSWERS


def answer_late(action: Action) -> Block:
    return button("Answer", names.ANSWER_LATE, action.ref)


def late_modal(action: Action, today: date) -> Block:
    """Which it is and whose, and the three things that help."""
    return modal(
        "A late action",
        [
            section(f"*{action.ref}*  {action.priority}, with {escaped(action.owner.name)}", escaped(action.step)),
            quiet(f"{sentence(due_words(action.due_on, today))}."),
            choice(names.HOW_FIELD, "What happens now?", list(LATE_ANSWERS.items())),
            date_field(names.UNTIL_FIELD, "If it needs a new date: which?", None, optional=True),
            words_field(names.WHY_FIELD, "And why?", optional=True),
            quiet(NO_NAMES),
        ],
        view=names.LATE_VIEW,
        send="Send",
        about=action.ref,
    )
