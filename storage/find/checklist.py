"""What the checklist of a month asks of the record, beside its numbers."""

from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from programme.checklist import Seen
from programme.rounds import Round, dates_out_of_month
from programme.words import AllocationState, NoticeState, RoundState
from storage import tables
from storage.find import forecasts, moderations, people, reports, rounds, submissions, vacancies
from storage.find.allocations import of_the_month

Count = Select[int]


def seen(session: Session, of: Round, *, today: date) -> Seen:
    report = reports.of_round(session, of)
    return Seen(
        stands=rounds.standing_of(session, of),
        asked=_count(session, _roll_checks(of)),
        answered=_count(session, _roll_checks(of).where(tables.roll_check.c.answered_at.is_not(None))),
        unpaired=len(moderations.without_a_pair(session, of)),
        late_unpaired=moderations.late_without_a_pair(session, of),
        paired=_count(session, _moderations(of)),
        agreed=_count(session, _moderations(of).where(tables.moderation.c.agreed_at.is_not(None))),
        outcomes_sent=_count(session, _outcomes(of).where(tables.outcome.c.sent_at.is_not(None))),
        was_due=_count(session, _out(of).where(tables.allocation.c.reason.is_(None), _before(today))),
        cannot=_count(session, _out(of).where(tables.allocation.c.reason.is_not(None))),
        held=submissions.count_held(session),
        places_empty=vacancies.count_empty(session),
        left_behind=len(people.left_behind(session, today)),
        not_on_slack=len(people.missing_on_slack(session, on=today)),
        undelivered=_count(session, _notices().where(tables.notice.c.state == NoticeState.FAILED)),
        likely=_likely(session, of),
        report=report.state if report else None,
        beyond_the_month=dates_out_of_month(of),
    )


def _count(session: Session, wanted: Count) -> int:
    return session.scalar(wanted) or 0


def _roll_checks(of: Round) -> Count:
    return select(func.count(tables.roll_check.c.id)).where(tables.roll_check.c.month == of.month)


def _moderations(of: Round) -> Count:
    return select(func.count(tables.moderation.c.id)).join(tables.allocation).where(of_the_month(of))


def _outcomes(of: Round) -> Count:
    return select(func.count(tables.outcome.c.id)).join(tables.allocation).where(of_the_month(of))


def _out(of: Round) -> Count:
    out = of_the_month(of) & (tables.allocation.c.state == AllocationState.OUT)
    return select(func.count(tables.allocation.c.id)).where(out)


def _before(today: date) -> ColumnElement[bool]:
    return tables.allocation.c.due_on < today


def _notices() -> Count:
    return select(func.count(tables.notice.c.id))


def _likely(session: Session, of: Round) -> int | None:
    """The newest forecast, until moderation begins: from then on what came back is known."""
    newest = forecasts.newest(session, of.month)
    return newest.likely if newest and of.state in {RoundState.OPEN, RoundState.DISTRIBUTED} else None
