"""How more time is asked for, decided on, and said."""

from collections.abc import Sequence
from datetime import date

from bot import names
from bot.views.audits import due_words
from bot.views.parts import Block, button, buttons, choice, modal, quiet, section
from programme.allocations import Allocation
from programme.more_time import is_ones_own

ONCE = "You can move the date once, up to the day of the cut-off. Reminders follow the new date."
ASKS = "You have moved the date once, so your Head of Service is asked. Without an answer you have the time."


def more_time_modal(allocation: Allocation, days: Sequence[date], today: date) -> Block:
    own = is_ones_own(allocation)
    return modal(
        "More time",
        [
            section(f"{allocation.ref}, {due_words(allocation.due_on, today)}."),
            choice(names.DAY_FIELD, "By when will it be ready?", listed(days)),
            quiet(ONCE if own else ASKS),
        ],
        view=names.MORE_TIME_VIEW,
        send="Move the date" if own else "Ask for it",
        about=allocation.ref,
    )


def listed(days: Sequence[date]) -> list[tuple[str, str]]:
    """Days to choose from."""
    return [(day.isoformat(), f"{day:%A %-d %B}") for day in days]


def decide(allocation: Allocation) -> Block:
    """Approve, or not this time."""
    return buttons(
        f"{names.AUDIT_BLOCK} {allocation.ref}",
        [
            button("Approve", names.GIVE_TIME, allocation.ref, primary=True),
            button("Not this time", names.REFUSE_TIME, allocation.ref),
        ],
    )
