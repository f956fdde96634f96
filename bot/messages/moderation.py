"""What is said of moderation: to who is asked to read, and to the auditor when it is done. No judgement stands here."""

from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.parts import section
from programme.calendar import month_name
from programme.notices import Dropped, Letter, Notice, Rank
from programme.reminders import still_said
from storage import find
from storage.office import Office
from storage.session import Session


def asked(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    of = find.rounds.of_month(session, notice.about)
    left = [each for each in find.moderations.waiting_for(session, notice.person) if each.allocation.round is of]
    if not left:
        return settled("all of it is agreed", f"*{of.name}'s moderation:* all of yours is agreed. Thank you.")
    many = "1 audit" if len(left) == 1 else f"{len(left)} audits"
    day = f" on {of.moderate_on:%A %-d %B}" if of.moderate_on else ""
    return Letter(
        text=f"{month_name(of.month)}: audits to moderate",
        blocks=[
            section(
                f"*You are asked to moderate {many} of {of.name}*{day}, with somebody of another service.",
                "Each of you reads alone first. Then you talk, and one of you writes down what you agreed.",
            ),
            to_the_pages(),
        ],
    )


def reminded(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """What they have still to read alone, and what both have read and not agreed."""
    found = [each for each in find.chasing.shares(session, [notice.about]) if each.is_open]
    if not found:
        return settled("nothing waits for them", "*Nothing waits for you to moderate.* Thank you.")
    [share], today = found, office.today(session)
    steps, day = find.chasing.steps(session, [share.ref]).get(share.ref, []), share.round.moderate_on
    if day is None or not still_said(steps, due_on=day, at=notice.made_at):
        return settled("said anew since", f"*{share.round.name}'s moderation:* a newer message says what waits.")
    when = "is today" if day == today else f"{'was' if day < today else 'is'} on {day:%A %-d %B}"
    waits = [f"{many} to {what}" for many, what in ((share.to_read, "read"), (share.to_agree, "agree")) if many]
    return Letter(
        text=f"{share.round.name}: audits to moderate",
        rank=Rank.LATE if day < today else Rank.DUE_SOON,
        blocks=[
            section(f"*{share.round.name}'s moderation {when}.* Audits that wait for you: {' and '.join(waits)}."),
            to_the_pages(),
        ],
    )


def moderated(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    allocation = find.allocations.by_ref(session, notice.about)
    if allocation.holder is None or allocation.holder.id != notice.person.id:
        return Dropped("not theirs to do any more")
    return Letter(
        text="Your audit has been moderated",
        blocks=[
            section(f"*{allocation.ref} has been moderated.* Thank you. What was agreed, and why, is on the pages."),
            to_the_pages(),
        ],
    )
