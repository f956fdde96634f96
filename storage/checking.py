"""Checks of confirmed actions on record: whether one is made, who is asked, and what they answer."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from programme import checking
from programme.blocking import Known
from programme.calendar import london, months_before
from programme.checking import Check, WhoMay
from programme.people import Person
from programme.words import ActionState, Role
from storage import find, journal
from storage.chasing import who_leads
from storage.find import matching as finder
from storage.office import Office
from storage.session import Session

LATELY = timedelta(days=365)
"""How far back it is counted who was asked for how many."""

CHECKERS = (Role.PRACTICE_LEARNING, Role.HEAD_OF_SERVICE)
SEEDS = 2**31 - 1


def undecided(session: Session) -> Sequence[str]:
    return find.checks.undecided(session)


def decide(session: Session, office: Office, ref: str) -> bool:
    """Whether a confirmed action is checked, decided once for each confirmation; then somebody is asked."""
    action = find.actions.by_ref(session, ref, to_change=True)
    had = find.checks.ever_of(session, action)
    known = any(each.confirmed_at == action.confirmed_at for each in had)
    if known or action.state is not ActionState.CONFIRMED or action.confirmed_at is None:
        return False
    drawn = find.checks.last_place(session, f"{london(action.confirmed_at):%Y-%m}")
    check = checking.confirmed(
        action, len(had), seed=secrets.randbelow(SEEDS), drawn=drawn, rules=office.rules.policy.checks
    )
    session.add(check)
    session.flush()
    if check.waits:
        _ask_another(session, office, check)
    return True


def to_tend(session: Session, office: Office) -> list[str]:
    """Checks that fall away, or that somebody else has to be asked for."""
    at, found = office.now(session), find.checks.these(session, find.checks.waiting(session))
    return [
        each.ref for each in found if not each.is_of_what_stands or each.must_go_to_another(at=at, rules=office.rules)
    ]


def tend(session: Session, office: Office, ref: str) -> bool:
    """Let one of them fall away, or ask somebody else; whether anything changed."""
    find.actions.by_ref(session, find.checks.by_ref(session, ref).action.ref, to_change=True)
    check, at = find.checks.by_ref(session, ref, to_change=True), office.now(session)
    gone = check.fall_away(at=at)
    journal.write(session, gone, by=None, at=at)
    if gone or not check.must_go_to_another(at=at, rules=office.rules):
        return bool(gone)
    return _ask_another(session, office, check)


def shown(session: Session, office: Office, action_ref: str, by: Person) -> Check:
    """'The record shows it'."""
    check, at = _held(session, action_ref), office.now(session)
    journal.write(session, check.show(by=by, at=at), by=by, at=at)
    return check


def reopen(session: Session, office: Office, action_ref: str, words: str, by: Person) -> Check:
    """'Reopen': the action is its owner's again."""
    check, at = _held(session, action_ref), office.now(session)
    find.chasing.actions(session, [action_ref])  # with who leads its owner
    head = who_leads(session, at=at)(check.action.owner)
    facts = check.reopen(words, by=by, at=at, rules=office.rules, head=head)
    journal.write(session, facts, by=by, at=at)
    return check


def _held(session: Session, action_ref: str) -> Check:
    """The action first and then its check, as everybody holds them."""
    find.actions.by_ref(session, action_ref, to_change=True)
    return find.checks.of_action(session, action_ref, to_change=True)


def _ask_another(session: Session, office: Office, check: Check) -> bool:
    """Whoever is best; nobody where there is none but who is asked already."""
    at, today = office.now(session), office.today(session)
    best = next(
        (who for may in _who_may(session, office, check) if (who := may.best(check, on=today, rules=office.rules))),
        None,
    )
    if best is None:
        return False
    journal.write(session, check.ask(best, at=at, rules=office.rules), by=None, at=at)
    return True


def _who_may(session: Session, office: Office, check: Check) -> Sequence[WhoMay]:
    """First practice-learning and the Heads of Service; where none of them may, the Heads of Quality.

    What began with a worry about a member of staff stays with those who hear of such.
    """
    today, case = office.today(session), check.action.allocation.case
    alert = find.alerts.of_audit(session, check.action.allocation.ref)
    apart = alert is not None and alert.staff_conduct
    groups = [(Role.HEAD_OF_QUALITY,), (Role.DIRECTOR,)] if apart else [CHECKERS, (Role.HEAD_OF_QUALITY,)]
    had, read = (
        find.checks.asked_since(session, office.now(session) - LATELY),
        find.checks.who_read(session, check.action),
    )
    found = []
    for roles in groups:
        people = find.checks.who_could(session, *roles, on=today)
        known = Known(
            since=months_before(today, office.rules.policy.matching.former_team_months),
            apart=finder.kept_apart(session),
            handed_back=finder.handed_back(session, [case], people),
        )
        found.append(WhoMay(people, had, read, known))
    return found
