"""The moderation day on record: opened with its pairs as one unit, moved, answered to, and who was there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from programme import moderation_day, replacing
from programme.facts import ModerationAsked
from programme.moderation import share_ref
from programme.moderation_day import NOTHING_TO_PAIR, Meeting, ModerationDay, ToPair
from programme.pairing import Pairing
from programme.people import Person
from programme.refusals import NotFound, Refusal
from programme.replacing import Place
from programme.rounds import Round
from programme.words import AllocationState, Role
from storage import find, journal, pairing
from storage.office import Office
from storage.pairing import ByHand
from storage.session import Session

NOTHING_NEW = Pairing((), ())


@dataclass(frozen=True)
class Opened:
    """The day, and what was given to pairs with it."""

    day: ModerationDay
    pairing: Pairing


def meeting_of(session: Session, office: Office, month: str) -> Meeting:
    """When and where people meet: as it was said when the day was opened, or as the policy has it."""
    day = find.moderation_days.of_round(session, find.rounds.of_month(session, month))
    return day.meeting if day else Meeting.of(office.rules.policy.moderation)


def to_pair(session: Session, office: Office, of: Round) -> ToPair:
    """What can be given to pairs now: from the day on which the month's audits are due."""
    if of.due_on is None or office.today(session) < of.due_on:
        return NOTHING_TO_PAIR
    waiting = find.moderations.without_a_pair(session, of)
    late = sum(each.state is AllocationState.RETURNED_LATE for each in waiting)
    return ToPair(len(waiting), late, opened=find.moderation_days.of_round(session, of) is not None)


def open_seen(
    session: Session, office: Office, month: str, by: Person, *, meeting: Meeting | None, seen: str
) -> Opened:
    """What was seen is what is done: where other pairs would be proposed by now, it is refused."""
    if pairing.preview(session, office, month).mark != seen:
        msg = "Something has changed since you looked: other pairs would be proposed now. Look at it again."
        raise Refusal(msg)
    return open_(session, office, month, by, meeting=meeting)


def open_(
    session: Session,
    office: Office,
    month: str,
    by: Person,
    *,
    meeting: Meeting | None = None,
    chosen: ByHand | None = None,
) -> Opened:
    """Name the pairs, and ask everybody who has something to read to come. Once it is open, more are named in it."""
    of, now = find.rounds.of_month(session, month, to_change=True), office.now(session)
    day = find.moderation_days.of_round(session, of, to_change=True)
    nothing_new = day is None and not chosen and find.moderations.nothing_but_readers(session, of)
    paired = NOTHING_NEW if nothing_new else pairing.assign(session, office, month, by, chosen=chosen)
    readers = find.moderations.who_reads(session, of)
    if day is not None:
        day.invite(readers)
        return Opened(day, paired)
    day = moderation_day.open_day(of, meeting or Meeting.of(office.rules.policy.moderation), readers, by=by, at=now)
    session.add(day)
    told = {who for each in paired.paired for who in each.pair}
    before = [who for who in readers if who not in told]
    load = find.moderations.load(session, of)
    asked = [ModerationAsked(about=share_ref(month, who), audits=load[who], tell=(who,)) for who in before]
    journal.write(session, [*moderation_day.opened(day), *asked], by=by, at=now)
    return Opened(day, paired)


def move(session: Session, office: Office, month: str, to: Meeting, by: Person) -> ModerationDay:
    day = _held(session, month)
    journal.write(session, day.move(to), by=by, at=office.now(session))
    return day


def answer(session: Session, office: Office, month: str, by: Person, *, coming: bool) -> ModerationDay:
    """Coming, or not; those who run the month hear of who cannot."""
    day, now = _held(session, month), office.now(session)
    administrators = find.people.with_role(session, Role.ADMINISTRATOR, on=office.today(session))
    journal.write(session, day.answer(coming=coming, by=by, at=now, administrators=administrators), by=by, at=now)
    return day


def keep_attendance(session: Session, office: Office, month: str, there: Collection[int], by: Person) -> ModerationDay:
    day, now = _held(session, month), office.now(session)
    unknown = set(there) - {each.person.id for each in day.invitations}
    if unknown:
        msg = "Somebody who was ticked is not asked to this day."
        raise Refusal(msg)
    journal.write(session, day.keep_attendance(there, at=now), by=by, at=now)
    return day


def places_of(session: Session, office: Office, month: str, number: int) -> tuple[Person, list[Place]]:
    """What one moderator has not read, each with who would read it in their place. Nothing is changed."""
    of, person = find.rounds.of_month(session, month), find.people.by_id(session, number)
    unread = find.moderations.unread_by(session, of, person) if person else []
    if person is None or not unread:
        msg = "They have nothing of this month that is still to be read."
        raise NotFound(msg)
    readers = pairing.readers_of(session, office, of, [each.allocation for each in unread])
    return person, replacing.propose(unread, person, readers)


def replace(
    session: Session, office: Office, month: str, number: int, chosen: Mapping[str, int], by: Person
) -> list[Place]:
    """These read what one moderator has not; what is not named stays with them. New ones are asked to come."""
    day, now = _held(session, month), office.now(session)
    held = {ref: find.moderations.must_be(session, ref, to_change=True) for ref in sorted(chosen)}
    person, places = places_of(session, office, month, number)
    unknown = set(held) - {place.ref for place in places}
    if unknown:
        msg = f"{', '.join(sorted(unknown))}: read by now, or not theirs to read."
        raise Refusal(msg)
    people = {who.id: who for who in find.moderations.moderators(session)}
    named = {held[ref]: people[who] for ref, who in chosen.items() if who in people}
    audits = [each.allocation for each in held.values()]
    readers = pairing.readers_of(session, office, day.round, audits, also=list(chosen.values()))
    facts = replacing.replace(named, person, readers)
    day.invite(list(named.values()))
    if len(named) == len(places):
        day.excuse(person, at=now)
    journal.write(session, facts, by=by, at=now)
    return places


def _held(session: Session, month: str) -> ModerationDay:
    return find.moderation_days.must_be(session, find.rounds.of_month(session, month), to_change=True)
