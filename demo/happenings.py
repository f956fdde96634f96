"""What people did before the demo begins, by the same steps that chat and the pages take: in order, each on its day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from programme import more_time
from programme.agreeing import Agreement
from programme.allocations import Allocation
from programme.calendar import at_london
from programme.changed import Because, WhyChanged
from programme.judging import OVERALL, Judged
from programme.marks import Mark
from programme.moderation import questions_of
from programme.people import Person
from programme.refusals import Refusal
from programme.settling import as_it_is, default_day, to_settle
from programme.words import Grade, Reason, Role
from storage import find, journal, moderating, outcomes, pairing, swapping
from storage.office import Office
from storage.session import Session

MONTH = "2017-10"
AT = "@fernleigh.example"


@dataclass(frozen=True)
class Happening:
    at: datetime
    said: str
    do: Callable[[Session, Office], None]


def _person(session: Session, name: str) -> Person:
    found = find.people.by_email(session, name + AT)
    if found is None:
        raise Refusal(f"{name} is not on the people list.")
    return found


def _audit_of(session: Session, holder: Person) -> Allocation:
    ref = find.allocations.held_by(session, holder)[0].ref
    return find.allocations.by_ref(session, ref, to_change=True)


def _reason(session: Session, office: Office) -> None:
    who, now = _person(session, "leighton.brathwaite"), office.now(session)
    administrators = find.people.with_role(session, Role.ADMINISTRATOR, on=office.today(session))
    facts = _audit_of(session, who).give_reason(Reason.CAPACITY, "", by=who, administrators=administrators)
    journal.write(session, facts, by=who, at=now)


def _more_time(session: Session, office: Office) -> None:
    who, now = _person(session, "niamh.gallogly"), office.now(session)
    rows, facts = more_time.have(_audit_of(session, who), date(2017, 10, 18), by=who, at=now, rules=office.rules)
    session.add_all(rows)
    journal.write(session, facts, by=who, at=now)


def _swap(session: Session, office: Office) -> None:
    who = _person(session, "niamh.gallogly")
    swapping.ask(session, office, _audit_of(session, who).ref, [f"priyanka.deshmukh{AT}"], who)


def _moderators(session: Session, office: Office) -> None:
    """One audit is read early, because what it found could not wait for the moderation day."""
    ref = _audit_of(session, _person(session, "catrin.llewelyn-moss")).ref
    pairing.assign(session, office, MONTH, _person(session, "odette.marchbanks"), only=[ref])


def _moderated(session: Session, office: Office) -> None:
    """Both judge it like its auditor but for two judgements, and agree on them."""
    found = find.moderations.must_be(session, _audit_of(session, _person(session, "catrin.llewelyn-moss")).ref)
    returned = moderating.return_of(session, found)
    auditors = {each.question_key: each.grade for each in returned.judgements}
    asked = {each.key: auditors.get(each.key) for each in questions_of(found.allocation)}
    agreed = Judged(Grade.NOT_YET_GOOD, asked | {"core.oversight": Grade.NOT_YET_GOOD})
    for reading in list(found.readings):
        moderating.read(session, office, found.allocation.ref, agreed, by=reading.moderator)
    had, at, rules = find.actions.ever_of(session, found.allocation), office.now(session), office.rules
    dated = [
        replace(as_it_is(each), due=each.named_on or default_day(each.priority, at=at, rules=rules))
        for each in to_settle(had)
        if each.sent_at is None
    ]
    said = Agreement(
        agreed,
        actions=dated,
        because={
            OVERALL: Because(WhyChanged.MISSED, "Nobody asked who the new adult is in seven weeks."),
            "core.oversight": Because(WhyChanged.NO_EVIDENCE, "Supervision set no date for finding that out."),
        },
        marks=dict.fromkeys(Mark, True) | {Mark.DATED_ACTIONS: False},
        note="You saw what others had passed over, and you say what it means for her. Give each action a day.",
        discussed="Whether good housing work outweighs not knowing who lives there. It does not.",
    )
    moderating.agree(session, office, found.allocation.ref, said, by=found.readings[0].moderator)


def _outcome(session: Session, office: Office) -> None:
    """Nothing changed since the sample, so it goes out as it is shown."""
    known = [outcomes.as_shown(each) for each in outcomes.waiting(session, office, MONTH)]
    outcomes.send(session, office, known, by=_person(session, "odette.marchbanks"))


HAPPENINGS = (
    Happening(at_london(date(2017, 10, 11), time(9, 30)), "two moderators named for one audit", _moderators),
    Happening(at_london(date(2017, 10, 12), time(13)), "1 audit moderated early", _moderated),
    Happening(at_london(date(2017, 10, 12), time(14)), "and its outcome sent, with its actions", _outcome),
    Happening(at_london(date(2017, 10, 12), time(16, 20)), "1 auditor has no time this month", _reason),
    Happening(at_london(date(2017, 10, 12), time(17)), "1 has taken more time", _more_time),
    Happening(at_london(date(2017, 10, 13), time(15, 30)), "and has asked a peer to swap", _swap),
)
