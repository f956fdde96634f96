"""Finding the moderation day of a month, and who is asked to come."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.moderation_day import Invitation, ModerationDay
from programme.refusals import NotFound
from programme.rounds import Round
from storage import tables
from storage.find.load import locked, many, one

WHOLE = (one(ModerationDay, "round"), one(ModerationDay, "opened_by"), many(ModerationDay, "invitations"))


def of_round(session: Session, of: Round, *, to_change: bool = False) -> ModerationDay | None:
    """Once it was opened; held against others when it is to be changed."""
    wanted = select(ModerationDay).where(tables.moderation_day.c.round_id == of.id).options(*WHOLE)
    return session.scalar(locked(session, wanted, tables.moderation_day) if to_change else wanted)


def must_be(session: Session, of: Round, *, to_change: bool = False) -> ModerationDay:
    found = of_round(session, of, to_change=to_change)
    if found is None:
        msg = f"{of.name}'s moderation day has not been opened yet."
        raise NotFound(msg)
    return found


def asked_to(session: Session, number: int | None) -> list[tuple[ModerationDay, Invitation]]:
    """The days to which one person is asked, the newest month first, each with their invitation."""
    theirs = select(tables.invitation.c.moderation_day_id).where(tables.invitation.c.person_id == number)
    wanted = select(ModerationDay).where(tables.moderation_day.c.id.in_(theirs)).options(*WHOLE)
    days = session.scalars(wanted.order_by(tables.moderation_day.c.begins_at.desc())).all()
    return [(day, each) for day in days for each in day.invitations if each.person.id == number]
