"""Finding what does not go by itself: of the month that is under way, and of everything that belongs to no month."""

from datetime import date

from sqlalchemy.orm import Session

from programme.calendar import end_of
from programme.exceptions import Found
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.words import AllocationState
from storage.find import allocations, jobs, moderations, notices, people, re_audits, submissions, swaps, unmet


def found(session: Session, of: Round | None, *, today: date, rules: Rulebook) -> Found:
    """A request ends soon when it ends by the end of the next working day. What is held is counted, and not late."""
    soon = end_of(rules.calendar.after(today, 1))
    return Found(
        out=submissions.without_held(session, allocations.in_state(session, of, AllocationState.OUT)) if of else [],
        to_approve=swaps.to_approve(session),
        failed=swaps.failed(session, of.month) if of else [],
        ending=swaps.ending(session, of.month, by=soon) if of else [],
        held=submissions.count_held(session),
        came_late=moderations.late_without_a_pair(session, of) if of else 0,
        again=re_audits.could_be_drawn(session, of, rules, today) if of else 0,
        undelivered=notices.undelivered(session),
        not_on_slack=people.missing_on_slack(session, on=today),
        unmet=unmet.count(session),
        set_aside=jobs.set_aside(session),
    )
