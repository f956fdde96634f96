"""The steps of a month's sample that commands, pages and chat take alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from programme import beforehand, partners, sampling
from programme.allocations import Allocation
from programme.beforehand import Beforehand
from programme.cases import FrameEntry
from programme.drawing import Drawn, Frame
from programme.partners import PartnerTotal
from programme.people import Person
from programme.planning_facts import NoReserveLeft, ReserveCalled
from programme.refusals import Refusal
from programme.sampling import Sample
from programme.words import RETURNED, AllocationState, Role
from storage import find, journal
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class Checked:
    """A sample drawn once more, and found to be the one on record."""

    sample: Sample
    drawn: Drawn


def frame(session: Session, office: Office, month: str) -> Frame:
    """The frame as it would be drawn from today."""
    audited = find.cases.last_audited(session, month)
    entries, today = find.cases.frame(session, month), office.today(session)
    return sampling.frame_of(entries, audited, month=month, on=today, rules=office.rules.policy.sample)


def draw(session: Session, office: Office, month: str, by: Person, *, size: int, seed: int) -> Sample:
    """Draw the sample. The same size and seed again change nothing: what was drawn is given back."""
    of = find.rounds.of_month(session, month, to_change=True)
    of.must_be_running()
    known = find.samples.of_month(session, month)
    if known is not None and (known.size, known.seed) == (size, seed):
        return known
    entries, today = find.cases.frame(session, month), office.today(session)
    drawn_from = frame(session, office, month)
    sample, facts = sampling.draw_sample(entries, drawn_from, size=size, seed=seed, month=month, on=today, by=by)
    session.add(sample)
    journal.write(session, facts, by=by, at=office.now(session))
    return sample


def check(session: Session, month: str) -> Checked:
    """Draw again from what was kept, and hold it against what is on record."""
    sample = find.samples.of_month(session, month)
    if sample is None:
        msg = f"No sample has been drawn for {month}."
        raise Refusal(msg)
    drawn, entries = sample.again(), find.cases.frame(session, month)
    reserves = {entry.case.ref for entry in entries if entry.reserve_as}
    places = {entry.case.ref for entry in entries if entry.is_random} - reserves
    if (places, reserves) != (set(drawn.places), set(drawn.reserves)):
        msg = "Drawn again, the sample is not the one on record: the record of what was drawn has been changed."
        raise Refusal(msg)
    return Checked(sample, drawn)


def release(session: Session, office: Office, month: str, case_ref: str, email: str, by: Person) -> FrameEntry:
    find.rounds.of_month(session, month, to_change=True).must_be_running()
    to = find.people.by_email(session, email)
    if to is None:
        msg = f"{email[:100] or 'Nobody'} is not on the people list."
        raise Refusal(msg, field="to")
    entry = find.cases.in_frame(session, month, case_ref)
    journal.write(session, sampling.release(entry, to=to, by=by), by=by, at=office.now(session))
    return entry


def pick(session: Session, office: Office, month: str, case_ref: str, because: str, by: Person) -> FrameEntry:
    find.rounds.of_month(session, month, to_change=True).must_be_running()
    entry = find.cases.in_frame(session, month, case_ref)
    place = sampling.next_place(find.cases.frame(session, month))
    facts = sampling.pick(entry, because, place=place, on=office.today(session))
    journal.write(session, facts, by=by, at=office.now(session))
    return entry


def follow_up(session: Session, office: Office, handed_back: Allocation, by: Person) -> FrameEntry | None:
    """A reserve takes the place of a record that was handed back, while there is time left to read it."""
    of, today, rules = handed_back.round, office.today(session), office.rules
    if not sampling.has_time_for_a_reserve(of.due_on, today, rules):
        return None
    live = [each.case for each in find.allocations.of_round(session, of) if each.state is not AllocationState.WITHDRAWN]
    live += [case for case in find.cases.waiting_for_an_auditor(session, of.month) if case is not handed_back.case]
    entries = find.cases.frame(session, of.month)
    called = sampling.call_reserve(entries, live, rules=rules.policy.sample, on=today)
    runs, now = tuple(find.people.with_role(session, Role.ADMINISTRATOR, on=today)), office.now(session)
    if called is None:
        journal.write(session, [NoReserveLeft(about=handed_back.ref, tell=runs)], by=by, at=now)
        return None
    entry, facts = called
    sampling.give_way(find.cases.in_frame(session, of.month, handed_back.case.ref))
    said = ReserveCalled(about=entry.reference, instead_of=handed_back.ref, tell=runs)
    journal.write(session, [*facts, said], by=by, at=now)
    return entry


def say_beforehand(
    session: Session, office: Office, entry: FrameEntry, said: Mapping[str, str], by: Person, *, anyway: bool = False
) -> Beforehand:
    """Keep what somebody who works with the child says before the audit. What looks like personal data is pointed out
    first; `anyway` lets it stand.
    """
    beforehand.must_be_asked(entry, by, returned=is_back(session, entry))
    if not anyway:
        beforehand.point_out_personal_data(said)
    now = office.now(session)
    answers = find.samples.said_by(session, entry, by) or Beforehand(entry, by, now)
    facts = answers.say(said, at=now)
    session.add(answers)
    journal.write(session, facts, by=by, at=now)
    return answers


def is_back(session: Session, entry: FrameEntry) -> bool:
    """Whether the audit of a record has been returned in its month."""
    audits = find.allocations.of_case(session, entry.case.ref)
    return any(each.state in RETURNED for each in audits if each.round.month == entry.month)


def enter_partner(session: Session, office: Office, month: str, service: str, audits: int, by: Person) -> PartnerTotal:
    of = find.rounds.of_month(session, month, to_change=True)
    known = {each.service.lower(): each for each in find.samples.partners(session, of.month)}
    total, facts = partners.enter(of.month, service, audits, known.get(service.strip().lower()), by=by)
    session.add(total)
    journal.write(session, facts, by=by, at=office.now(session))
    return total
