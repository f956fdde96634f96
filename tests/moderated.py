"""An audit that has come back, a pair that reads it, and what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from programme.agreeing import Agreement
from programme.allocations import Had
from programme.answers import ActionWanted
from programme.changed import Because, WhyChanged
from programme.judging import OVERALL, Judged
from programme.marks import Mark
from programme.moderation_day import Meeting
from programme.people import Person, RoleHeld
from programme.settling import Settled, as_it_is, default_day, to_settle
from programme.submissions import Submission
from programme.words import Grade, Priority, Role, SubmissionState
from storage import find, journal, moderating, moderation_day, outcomes, pairing
from storage.office import Office
from storage.session import Session
from tests.cast import MONTH, NOW, Cast, here, whole_answers

REF = "AUD-2017-10-01"
KEYS = ("core.assessment", "core.plan", "core.voice", "theme.father_known", "theme.father_involved")


def returned(
    office: Office,
    cast: Cast,
    *,
    at: datetime = NOW,
    sets: Sequence[Priority] = (Priority.STANDARD,),
    ref: str = REF,
) -> None:
    """Its auditor has sent the audit back, all of it good, with one standard action or others."""
    wanted = tuple(ActionWanted("Stepcanary", "Measurecanary", each) for each in sets)
    with office.record.writing() as session:
        audit, number = find.allocations.by_ref(session, ref), ref.rpartition("-")[2]
        me = here(session, cast.auditor if ref == REF else cast.peer)
        circle = find.people.circle_of(session, audit.case, on=NOW.date())
        arrived = Submission(f"SUB-{number}", "form", f"r{number}", "d", "{}", at, SubmissionState.KEPT)
        answers, had = whole_answers(cast.tool, actions=wanted), Had(None, find.actions.ever_of(session, audit))
        made, actions, facts = audit.record_return(
            answers, arrived, by=me, at=at, circle=circle, rules=office.rules, had=had
        )
        session.add_all([arrived, *actions, *([made] if made else [])])
        journal.write(session, facts, by=me, at=at)


def came_again(office: Office, cast: Cast) -> None:
    """A newer version of it, in which another word stands of what is strong."""
    with office.record.writing() as session:
        audit, me, at = find.allocations.by_ref(session, REF), here(session, cast.auditor), office.now(session)
        had = Had(find.submissions.return_of(session, audit), find.actions.ever_of(session, audit))
        wanted = tuple(ActionWanted(each.step, each.measure, each.priority) for each in had.actions)
        answers = replace(whole_answers(cast.tool, actions=wanted), strengths="Stronger still.")
        circle = find.people.circle_of(session, audit.case, on=NOW.date())
        arrived = Submission("SUB-again", "form", "r2", "d", "{}", at, SubmissionState.KEPT)
        made, actions, facts = audit.record_return(
            answers, arrived, by=me, at=at, circle=circle, rules=office.rules, had=had
        )
        assert made is not None
        session.add_all([arrived, made, *actions])
        session.flush()
        journal.write(session, [*facts, *moderating.newer_came(session, audit, made.version, at=at)], by=me, at=at)


def pair(office: Office, cast: Cast) -> tuple[Person, Person]:
    """Two who moderate, of different services, with no tie to the child; and the audit is theirs to read."""
    other = second_moderator(office, cast)
    with office.record.writing() as session:
        pairing.assign(session, office, MONTH, here(session, cast.administrator))
    return cast.peer, other


def second_moderator(office: Office, cast: Cast) -> Person:
    """The peer moderates, and somebody of practice learning with them."""
    with office.record.writing() as session:
        here(session, cast.peer).moderates = True
        other = Person("ottilie@example.org", "Ottilie Bramwell", [RoleHeld(Role.PRACTICE_LEARNING)], moderates=True)
        other.slack_user_id = "UOTTILIE"
        session.add(other)
    return other


def open_the_day(office: Office, cast: Cast, place: str = "Room 2") -> tuple[Person, Person]:
    """The moderation day from 10 to 16 o'clock, to which both of the pair are asked."""
    other = second_moderator(office, cast)
    with office.record.writing() as session:
        at = Meeting(time(10), time(16), place)
        moderation_day.open_(session, office, MONTH, here(session, cast.administrator), meeting=at)
    return cast.peer, other


def judged(grade: Grade = Grade.GOOD, **changed: Grade) -> Judged:
    """The same judgement of everything, but for what is named by the end of its key, or overall."""
    ends = {key.rpartition(".")[2]: key for key in KEYS}
    by_question: Mapping[str, Grade | None] = dict.fromkeys(KEYS, grade) | {
        ends[name]: value for name, value in changed.items() if name != "overall"
    }
    return Judged(changed.get("overall", grade), by_question)


def read_by(office: Office, *people: Person, grade: Grade = Grade.GOOD) -> None:
    for person in people:
        with office.record.writing() as session:
            moderating.read(session, office, REF, judged(grade), by=here(session, person))


def agreement(said: Judged, *, reason: str = "", discussed: str = "The plan's dates.") -> Agreement:
    """Whole; where a reason is given it is that of every judgement that may have changed."""
    why = Because(WhyChanged.NO_EVIDENCE, reason) if reason else Because(None)
    return Agreement(
        said,
        discussed,
        note="You know this child well.",
        because=dict.fromkeys((OVERALL, *KEYS), why),
        marks=dict.fromkeys(Mark, True),
    )


def agreed_by(
    office: Office, person: Person, said: Judged, *, reason: str = "", discussed: str = "The plan's dates."
) -> None:
    with office.record.writing() as session:
        whole = replace(agreement(said, reason=reason, discussed=discussed), actions=dated(session, office))
        moderating.agree(session, office, REF, whole, by=here(session, person))


def agreed_and_sent(office: Office, cast: Cast, both: tuple[Person, Person], said: Judged | None = None) -> None:
    """Read, agreed, and its outcome sent to who works with the child as the record says."""
    read_by(office, *both)
    agreed_by(office, both[0], said or judged(), reason="No dates." if said else "")
    sent_out(office, cast)


def sent_out(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        known = [outcomes.as_shown(each) for each in outcomes.waiting(session, office, MONTH)]
        outcomes.send(session, office, known, by=here(session, cast.administrator))


def dated(session: Session, office: Office) -> list[Settled]:
    """Every action as it is, what waits with the date that is proposed for it."""
    had = find.actions.ever_of(session, find.allocations.by_ref(session, REF))
    at, rules = office.now(session), office.rules
    return [
        as_it_is(each) if each.sent_at else replace(as_it_is(each), due=default_day(each.priority, at=at, rules=rules))
        for each in to_settle(had)
    ]
