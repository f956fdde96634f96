"""Finding the forecasts that were kept, and how soon audits came back in earlier months."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.calendar import london
from programme.forecast import ForecastKept
from programme.rounds import Round
from programme.words import AllocationState, AuditType
from storage import tables


def kept(session: Session, month: str) -> Sequence[ForecastKept]:
    """Every forecast of a month, the newest first."""
    forecast = tables.forecast.c
    return session.scalars(select(ForecastKept).where(forecast.month == month).order_by(forecast.made_on.desc())).all()


def newest(session: Session, month: str) -> ForecastKept | None:
    forecast = tables.forecast.c
    wanted = select(ForecastKept).where(forecast.month == month).order_by(forecast.made_on.desc())
    return session.scalar(wanted.limit(1))


def of_day(session: Session, month: str, day: date) -> ForecastKept | None:
    forecast = tables.forecast.c
    return session.scalar(select(ForecastKept).where(forecast.month == month, forecast.made_on == day))


def times_taken(session: Session, of: Round, *, since: str) -> list[tuple[date, date]]:
    """From which day to which each audit took that came back in time, in earlier months from `since` on."""
    audit, month = tables.allocation.c, tables.round_.c.month
    wanted = select(audit.given_out_at, audit.returned_at).join(tables.round_)
    wanted = wanted.where(audit.kind == AuditType.MONTHLY, audit.state == AllocationState.RETURNED_IN_TIME)
    wanted = wanted.where(month < of.month, month >= since, audit.given_out_at.is_not(None))
    return [(london(out).date(), london(back).date()) for out, back in session.execute(wanted) if back]
