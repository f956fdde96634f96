"""What is said of moderation: to who is asked to read, and to the auditor when it is done. No judgement stands here."""

from bot.messages.settled import settled
from bot.views import moderation as views
from bot.views.audits import to_the_pages
from bot.views.parts import escaped, section
from programme.moderation_day import month_of
from programme.notices import Dropped, Letter, Notice, Rank
from programme.reading_list import reading_list
from programme.reminders import still_said
from programme.rounds import Round
from storage import find
from storage.office import Office
from storage.session import Session


def asked(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """What they have to read, with whom; once the day is opened, when and where, and whether they come."""
    of = find.rounds.of_month(session, month_of(notice.about))
    day = find.moderation_days.of_round(session, of)
    invitation = day.invitation_of(notice.person) if day else None
    left = [each for each in find.moderations.waiting_for(session, notice.person) if each.allocation.round is of]
    if not left:
        return _nothing_left(session, of, notice)
    many = "1 audit" if len(left) == 1 else f"{len(left)} audits"
    on = f" on {of.moderate_on:%A %-d %B}" if of.moderate_on else ""
    still_ahead = day is not None and office.now(session) < day.ends_at
    return Letter(
        text=f"{of.name}: audits to moderate",
        blocks=[
            section(
                f"*You are asked to moderate {many} of {of.name}*{on}, with somebody of another service.",
                "Each of you reads alone first. Then you talk, and one of you writes down what you agreed.",
            ),
            *views.listed(reading_list(left, notice.person)),
            *(views.asked_to_come(day, invitation) if day and invitation and still_ahead else []),
            to_the_pages(),
        ],
    )


def _nothing_left(session: Session, of: Round, notice: Notice) -> Dropped:
    """All of theirs is agreed, or others read it by now."""
    if any(found.is_moderated_by(notice.person) for found in find.moderations.of_round(session, of).values()):
        return settled("all of it is agreed", f"*{of.name}'s moderation:* all of yours is agreed. Thank you.")
    return settled("others read it", f"*{of.name}'s moderation:* others read what was yours. There is nothing to do.")


def moved(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Other hours, or another place."""
    of = find.rounds.of_month(session, notice.about)
    day = find.moderation_days.must_be(session, of)
    invitation = day.invitation_of(notice.person)
    if invitation is None or not invitation.stands or office.now(session) >= day.ends_at:
        return settled("not asked to come any more", f"*{of.name}'s moderation day:* nothing to do any more.")
    return Letter(
        text=f"{of.name}: the moderation day has changed",
        blocks=[
            section(f"*{of.name}'s moderation day has changed.* The calendar file moves it in your own calendar, too."),
            *views.asked_to_come(day, invitation),
        ],
    )


def cannot_come(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """For those who run the month: somebody else is to be named. Why somebody cannot is not asked."""
    of, number = find.rounds.of_month(session, month_of(notice.about)), notice.about.rpartition("-")[2]
    person = find.people.by_id(session, int(number))
    day = find.moderation_days.must_be(session, of)
    theirs = day.invitation_of(person) if person else None
    if person is None or theirs is None or theirs.stands:
        return settled("they are coming after all", f"*{of.name}'s moderation day:* they are coming after all.")
    unread = len(find.moderations.unread_by(session, of, person))
    name = escaped(person.name)
    if not unread:
        return settled("nothing is left to read", f"*{name} cannot come*, and nothing of theirs waits to be read.")
    audits = "1 audit waits" if unread == 1 else f"{unread} audits wait"
    return Letter(
        text=f"{of.name}: a moderator cannot come",
        blocks=[
            section(
                f"*{name} cannot come to {of.name}'s moderation day.* {audits} for somebody else in their place.",
                "On the month's page, under its moderation, you see who could, and confirm it.",
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
