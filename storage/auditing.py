"""Looking for what should have happened and has not, and keeping it where those who answer for it see it."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from programme.calendar import london
from programme.chasing import is_reminding_time
from programme.unmet import GRACE, Lack, Unmet
from storage import chasing, find, homes
from storage.chasing import ACTIONS, AUDITS, CHECKS, MODERATION, Ladder
from storage.office import Office

LOOKS_BACK = timedelta(days=31)
"""The queue gives up after four days; what was put off waits longer, hardly ever so long."""

BATCH = 100

log = logging.getLogger(__name__)


def look(session: Session, office: Office) -> list[Unmet]:
    """Everything that should have happened twenty minutes ago at the latest, and has not."""
    now, real_now = office.now(session), office.real_now()
    return [
        *find.unmet.late(session, now=now, real_now=real_now),
        *find.unmet.lost(session, since=now - LOOKS_BACK, real_now=real_now),
        *_not_taken(session, office, AUDITS, now - GRACE),
        *_not_taken(session, office, ACTIONS, now - GRACE),
        *_not_taken(session, office, MODERATION, now - GRACE),
        *_not_taken(session, office, CHECKS, now - GRACE),
        *_not_told_again(session, office, now - GRACE),
    ]


def keep(session: Session, found: Iterable[Unmet]) -> int:
    """Keep what is unmet now, since when it is, and nothing else. How many they are."""
    now = {(each.lack, each.what): each for each in found}
    then = {(each.lack, each.what): each for each in find.unmet.known(session)}
    for gone in then.keys() - now.keys():
        session.delete(then[gone])
    session.add_all(now[new] for new in now.keys() - then.keys())
    if then.keys() != now.keys():
        homes.note(session, [])
    return len(now)


def _not_taken(session: Session, office: Office, ladder: Ladder[Any], then: datetime) -> Iterator[Unmet]:
    """What was due at that moment, in the hours of a working day, and has not been said to this day."""
    if not is_reminding_time(then, office.rules):
        return
    refs = ladder.reached(session, on=london(then).date(), rules=office.rules)
    for first in range(0, len(refs), BATCH):
        for ref in _due(session, office, ladder, refs[first : first + BATCH], then):
            yield Unmet(Lack.NOT_TAKEN, f"{ladder.job} {ref}", ref, office.real_now())


def _not_told_again(session: Session, office: Office, then: datetime) -> Iterator[Unmet]:
    """Alerts in nobody's hands of which a step was due at that moment, at any hour, and was not taken to this day."""
    for ref in find.alerts.in_nobodys_hands(session):
        alert, taken = find.alerts.by_ref(session, ref), find.alerts.steps_of(session, ref)
        if alert.steps_due(taken, at=then, rules=office.rules):
            yield Unmet(Lack.NOT_TAKEN, f"alarm {ref}", ref, office.real_now())


def _due(session: Session, office: Office, ladder: Ladder[Any], refs: list[str], then: datetime) -> Iterator[str]:
    leader = chasing.who_leads(session, at=then)
    for subject, steps in ladder.find(session, refs):
        try:
            chased = ladder.judged(subject, steps, then, office.rules)
            if chased and (chased.due.said or chasing.head_to_tell_now(session, chased, leader, at=then)):
                yield chased.ref
        except Exception:
            log.exception("what was due could not be judged", extra={"ref": subject.ref})
            yield subject.ref
