"""How an auditor's audits are drawn: in a message, in the answer to /audit, in App Home and in modals."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot import names
from bot.views.fitting import within_message
from bot.views.parts import (
    Block,
    button,
    buttons,
    choice,
    escaped,
    link_button,
    modal,
    quiet,
    section,
    words_field,
)
from programme.allocations import Allocation
from programme.people import Person
from programme.reasons import THANKS
from programme.swap_words import to_its_asker
from programme.swaps import Swap
from programme.words import REASON_LABELS, RETURNED, AuditType, Reason

NO_AUDIT = "You have no audit at the moment. When one is yours, a message comes here."
ALL_IN = "Nothing is waiting for you. Thank you."

AT_MOST = 20
BESIDE = 5
"""Blocks of the same answer or message that stand before and after: whose turn it is, the way to the pages."""


def due_words(due_on: date | None, today: date) -> str:
    """'due on Friday 13 October', 'due today', or 'was due on Tuesday 10 October'."""
    if due_on is None:
        return "no due date"
    if due_on == today:
        return "due today"
    return f"{'was due' if due_on < today else 'due'} on {due_on:%A %-d %B}"


def sentence(words: str) -> str:
    """The same words as a sentence begins."""
    return words[:1].upper() + words[1:]


def still_open(held: Sequence[Allocation]) -> list[Allocation]:
    """Those that ask something, the soonest due first."""
    return sorted((each for each in held if each.is_open), key=lambda each: each.due_on or date.max)


def open_audit(
    allocation: Allocation, today: date, swap: Swap | None = None, *, may_have_more_time: bool = False
) -> list[Block]:
    """One audit still to be done, with its buttons; an open request to swap can be taken back."""
    lines = [
        f"*{allocation.case.ref}*  {escaped(allocation.round.theme)}",
        f"{sentence(due_words(allocation.due_on, today))}  ({allocation.ref})",
    ]
    if swap is not None:
        lines.append(escaped(to_its_asker(swap)))
    pressable = [
        button("Open the form", names.OPEN_FORM, allocation.ref, primary=True),
        *about_swapping(allocation, today, swap),
        *([more_time(allocation)] if may_have_more_time else []),
        button("I can't do this one", names.CANNOT_DO, allocation.ref),
    ]
    return [section(*lines), buttons(f"{names.AUDIT_BLOCK} {allocation.ref}", pressable)]


def more_time(allocation: Allocation) -> Block:
    return button("More time", names.MORE_TIME, allocation.ref)


def about_swapping(allocation: Allocation, today: date, swap: Swap | None) -> list[Block]:
    """Until the day before it is due an audit can be swapped."""
    if swap is not None:
        return [button("Withdraw", names.WITHDRAW, swap.ref)]
    own = allocation.kind is AuditType.MONTHLY
    in_time = own and allocation.due_on is not None and today < allocation.due_on
    return [button("Swap", names.SWAP, allocation.ref)] if in_time else []


def how_it_ended(allocation: Allocation, reader: Person) -> str:
    """One audit that asks nothing more of this reader, in a line."""
    what = f"*{allocation.case.ref}*  {escaped(allocation.round.theme)}  ({allocation.ref})"
    if allocation.holder is None or allocation.holder.id != reader.id:
        return f"{what}\nWith somebody else now. There is nothing more to do."
    if allocation.state in RETURNED:
        return f"{what}\nReturned, thank you."
    return f"{what}\nNot open any more. There is nothing more to do."


def past_audit(allocation: Allocation) -> Block:
    ended = "Returned, thank you" if allocation.state in RETURNED else "Not open any more"
    return section(f"*{allocation.case.ref}*  {escaped(allocation.round.theme)}", f"{ended}  ({allocation.ref})")


def to_the_pages() -> Block:
    return buttons(names.PAGES_BLOCK, [button("Sign in to the pages", names.SIGN_IN, "/")])


def my_audits(
    held: Sequence[Allocation], today: date, swaps: Mapping[str, Swap], at_most: int = AT_MOST
) -> list[Block]:
    """Open ones first, the soonest due on top, then what ended lately; words that help where there is nothing."""
    to_do = still_open(held)
    if not held:
        return [section(NO_AUDIT)]
    blocks = [
        block for allocation in to_do[:at_most] for block in open_audit(allocation, today, swaps.get(allocation.ref))
    ]
    if not to_do:
        blocks.append(section(ALL_IN))
    blocks += [past_audit(allocation) for allocation in held if not allocation.is_open][:3]
    if len(to_do) > at_most:
        blocks.append(quiet(f"And {len(to_do) - at_most} more: sign in to the pages."))
    return within_message(blocks, beside=BESIDE)


def link_modal(title: str, words: str, label: str, address: str) -> Block:
    """One link that works once."""
    return modal(
        title,
        [
            section(words),
            buttons(names.LINK_BLOCK, [link_button(label, names.FOLLOW_LINK, address)]),
            # A link in words too: not every client follows a button.
            quiet(f"<{address}|This link> works once, for ten minutes, and only for you. Do not pass it on."),
        ],
    )


def reason_modal(allocation: Allocation, today: date, *, own: bool) -> Block:
    """For its holder; or for who says in their place why it is late."""
    told = "The administrator is told and will be in touch. Why you are not at work is yours to keep."
    instead = "Its auditor is not reminded of it any more. Why somebody is not at work is theirs to keep."
    return modal(
        "I can't do this one" if own else "Say why",
        [
            section(f"{allocation.ref}, {due_words(allocation.due_on, today)}."),
            choice(
                names.REASON_FIELD,
                "What stops you?" if own else "What stops its auditor?",
                [(reason.value, words) for reason, words in REASON_LABELS.items()],
            ),
            words_field(names.WORDS_FIELD, "Anything to add? Leave out names and details of the child.", optional=True),
            quiet(told if own else instead),
        ],
        view=names.REASON_VIEW,
        send="Send",
        about=allocation.ref,
    )


def what_may_help(allocation: Allocation, reason: Reason, today: date, *, may_have_more_time: bool) -> Block:
    """Thanks, and the buttons for what may still help with this reason."""
    if reason is Reason.NOT_AT_WORK:
        helps = [button("Not at work", names.NOT_AT_WORK, "me", primary=True)]
    elif reason is Reason.CAPACITY:
        helps = [*about_swapping(allocation, today, None), *([more_time(allocation)] if may_have_more_time else [])]
    else:
        helps = []
    pressed = [buttons(f"{names.AUDIT_BLOCK} {allocation.ref}", helps)] if helps else []
    return modal("I can't do this one", [section(THANKS[reason]), *pressed])
