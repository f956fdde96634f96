"""The steps of an outcome that pages and chat take alike: made, confirmed and sent, acknowledged, answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from programme import outcomes, privacy
from programme.allocations import Allocation
from programme.facts import Fact
from programme.outcome_facts import TeamPutRight
from programme.outcome_words import Helped, SaidKind
from programme.outcomes import AsKnown, Outcome
from programme.people import Person, Team
from programme.refusals import Refusal
from programme.words import Role
from storage import find, handing_on, journal
from storage.office import Office
from storage.session import Session

CHANGED_MEANWHILE = "What waits has changed since you looked. Look again, and then send."


@dataclass(frozen=True)
class Confirmed:
    """One outcome to be sent, and with whom the child is: a team by number, a social worker by address; '' for none."""

    ref: str
    team: str
    worker: str


def agreed(session: Session, audit: Allocation, *, at: datetime) -> None:
    """An outcome waits from the moment an audit is agreed; agreed anew, it is the same one."""
    if find.outcomes.of_audit(session, audit.ref) is None:
        session.add(Outcome(audit, at))
        session.flush()


def waiting(session: Session, office: Office, month: str) -> list[AsKnown]:
    """What waits of a month, each with whom the child is as far as is known."""
    of = find.rounds.of_month(session, month)
    return [_as_known(session, office, each) for each in find.outcomes.waiting(session, of)]


def unchanged(session: Session, office: Office, month: str) -> tuple[list[AsKnown], str]:
    """Those that can go as they are shown, and the mark of just these."""
    found = [each for each in waiting(session, office, month) if not each.changed]
    seen = "\n".join(f"{each.ref} {_name(each.worker)} {_name(each.manager)}" for each in found)
    return found, sha256(seen.encode()).hexdigest()[:12]


def send(session: Session, office: Office, chosen: Sequence[Confirmed], *, by: Person) -> list[Outcome]:
    """Send these as one unit, each to those round the child now."""
    if not chosen:
        msg = "Tick the outcomes to send."
        raise Refusal(msg, field="send")
    return [_send(session, office, each, by) for each in sorted(chosen, key=lambda each: each.ref)]


def send_as_shown(session: Session, office: Office, month: str, *, by: Person, seen: str) -> list[Outcome]:
    """All of a month in which nothing changed since the sample, if they are still those that were looked at."""
    found, mark = unchanged(session, office, month)
    if not found or mark != seen:
        raise Refusal(CHANGED_MEANWHILE)
    return send(session, office, [as_shown(each) for each in found], by=by)


def as_shown(known: AsKnown) -> Confirmed:
    team, worker = known.outcome.allocation.case.team, known.worker
    return Confirmed(known.ref, str(team.id) if team else "", worker.email if worker else "")


def acknowledge(session: Session, office: Office, ref: str, *, by: Person) -> Outcome:
    found = find.outcomes.must_be(session, ref, to_change=True)
    now = office.now(session)
    journal.write(session, found.acknowledge(by=by, at=now), by=by, at=now)
    return found


def opened(session: Session, office: Office, ref: str, *, by: Person) -> None:
    """Somebody came to the page of an audit; kept for whom its outcome was sent to, the first time."""
    seen = find.outcomes.of_audit(session, ref)
    if seen is None or seen.copy_of(by) is None:
        return
    found = find.outcomes.must_be(session, ref, to_change=True)
    now = office.now(session)
    journal.write(session, found.open(by=by, at=now), by=by, at=now)


def say(
    session: Session, office: Office, ref: str, kind: SaidKind, words: str, *, by: Person, anyway: bool = False
) -> Outcome:
    """An answer, or a mistake; whoever says it has opened the outcome. What looks like personal data is pointed out
    first; `anyway` lets it stand.
    """
    for fault in () if anyway else privacy.found_in({"words": words}):
        raise Refusal(fault.sentence, field="words")
    found = find.outcomes.must_be(session, ref, to_change=True)
    now = office.now(session)
    judges = who_settles(session, office, ref) if kind is SaidKind.MISTAKE else []
    facts = found.say(kind, words, by=by, at=now, rules=office.rules, moderators=judges)
    journal.write(session, [*found.open(by=by, at=now), *facts], by=by, at=now)
    return found


def say_it_helped(session: Session, office: Office, ref: str, helped: str, words: str, *, by: Person) -> Outcome:
    found = find.outcomes.must_be(session, ref, to_change=True)
    now = office.now(session)
    chosen = Helped(helped) if helped in set(Helped) else None
    journal.write(session, found.say_it_helped(chosen, words, by=by, at=now), by=by, at=now)
    return found


def who_settles(session: Session, office: Office, ref: str) -> list[Person]:
    """The pair that moderated it; the Head of Quality where one of them has moved on."""
    today, moderation = office.today(session), find.moderations.of_audit(session, ref)
    pair = [each.moderator for each in moderation.readings] if moderation else []
    here = [each for each in pair if each.is_here_on(today)]
    if pair and len(here) == len(pair):
        return here
    return [*here, *find.people.with_role(session, Role.HEAD_OF_QUALITY, on=today)]


def _send(session: Session, office: Office, each: Confirmed, by: Person) -> Outcome:
    found = find.outcomes.must_be(session, each.ref, to_change=True)
    now, today, audit = office.now(session), office.today(session), found.allocation
    facts = _put_right(session, office, found, each, by)
    circle = find.people.circle_of(session, audit.case, on=today)
    facts += found.send(circle, by=by, at=now, rules=office.rules)
    audit.case.team_manager = circle.team_manager or audit.case.team_manager
    owner, waiting = handing_on.owner_of(session, audit, on=today), find.actions.of_allocation(session, audit)
    facts += outcomes.start_actions(waiting, audit, owner, at=now, rules=office.rules)
    journal.write(session, facts, by=by, at=now)
    return found


def _put_right(session: Session, office: Office, found: Outcome, said: Confirmed, by: Person) -> list[Fact]:
    """The child's team and social worker, as whoever sends it confirms them. To another team goes, the same day, what
    earlier audits ask for this child.
    """
    case = found.allocation.case
    team, worker = _team(session, said), _worker(session, said)
    if (team, worker) == (case.team, case.social_worker):
        return []
    moved = case.team is not team
    case.team, case.social_worker = team, worker
    session.flush()
    if moved:
        handing_on.case_moved(session, office, case, by=by, at=office.now(session))
    return [TeamPutRight(about=found.allocation.ref)]


def _team(session: Session, said: Confirmed) -> Team:
    team = next((each for each in find.people.teams(session) if str(each.id) == said.team), None)
    if team is None:
        msg = f"{said.ref}: choose the team that the child is with now."
        raise Refusal(msg, field=f"team-{said.ref}")
    return team


def _worker(session: Session, said: Confirmed) -> Person | None:
    worker = find.people.by_email(session, said.worker) if said.worker else None
    if said.worker and (worker is None or Role.SOCIAL_WORKER not in worker.roles):
        msg = f"{said.ref}: choose the child's social worker from the list, or nobody."
        raise Refusal(msg, field=f"worker-{said.ref}")
    return worker


def _as_known(session: Session, office: Office, found: Outcome) -> AsKnown:
    today = office.today(session)
    circle = find.people.circle_of(session, found.allocation.case, on=today)
    return outcomes.as_known(found, circle, today)


def _name(person: Person | None) -> str:
    return person.reference if person else "nobody"
