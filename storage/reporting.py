"""The report's figures, and the steps of its life that pages and commands take alike."""

from typing import Any

from programme import report as reports
from programme.calendar import preceding
from programme.figures import Share
from programme.glance import Glance
from programme.people import Person
from programme.refusals import NotFound
from programme.report import Report
from programme.rounds import Round
from programme.words import AllocationState
from storage import find, journal, turning
from storage.office import Office
from storage.session import Session

TREND_MONTHS = 12


def glance(session: Session, office: Office, of: Round) -> Glance:
    """A month beside the calendar month before it, counted as things stand."""
    now = office.now(session)
    before = find.rounds.by_month(session, preceding(of.month))
    return Glance(
        find.figures.counted(session, of, now=now),
        find.figures.counted(session, before, now=now) if before else None,
    )


def figures(session: Session, office: Office, of: Round) -> dict[str, Any]:
    """What the report says: frozen once it is issued, counted anew until then."""
    report = find.reports.of_round(session, of)
    if report is not None and report.figures is not None:
        return report.figures
    return glance(session, office, of).json(reports.status_of(of, report))


def trend(session: Session, office: Office, of: Round) -> list[tuple[str, Share | None]]:
    """Not yet good, month by month up to this one; a month that is not on record is a gap (None)."""
    months = [of.month]
    while len(months) < TREND_MONTHS:
        months.append(preceding(months[-1]))
    known = {each.month: each for each in find.rounds.all_months(session) if each.month in months}
    now = office.now(session)
    shares = [
        (month, find.figures.counted(session, known[month], now=now).not_yet_good if month in known else None)
        for month in reversed(months)
    ]
    first = next((place for place, (_, share) in enumerate(shares) if share), len(shares) - 1)
    return shares[first:]


def draft(session: Session, office: Office, month: str, by: Person) -> Report:
    """Draft the report of a month; drafting it again leaves it as it is."""
    of = find.rounds.of_month(session, month, to_change=True)
    drafted = find.reports.of_round(session, of)
    if drafted is not None:
        return drafted
    silent = find.allocations.in_state(session, of, AllocationState.OUT, to_change=True)
    now = office.now(session)
    report, facts = reports.draft(of, silent, by=by, at=now)
    session.add(report)
    journal.write(session, facts, by=by, at=now)
    turning.follow(session, office, by=by, at=now)
    return report


def sign_off(session: Session, office: Office, month: str, by: Person) -> Report:
    report = _drafted(session, month)
    now = office.now(session)
    journal.write(session, report.sign_off(by=by, at=now), by=by, at=now)
    return report


def issue(session: Session, office: Office, month: str, by: Person, *, gap: str = "") -> Report:
    """Freeze the figures as they are and issue them."""
    report = _drafted(session, month)
    now = office.now(session)
    said = glance(session, office, report.round).json(reports.status_of(report.round, report))
    journal.write(session, report.issue(said, gap, by=by, at=now), by=by, at=now)
    return report


def _drafted(session: Session, month: str) -> Report:
    of = find.rounds.of_month(session, month, to_change=True)
    report = find.reports.of_round(session, of, to_change=True)
    if report is None:
        msg = f"The report for {of.name} has not been drafted yet: flask report draft {month}"
        raise NotFound(msg)
    return report
