"""Naming the pairs on record, for pages, chat and commands alike: who would read what, and that they shall."""

from collections.abc import Collection

from programme import pairing
from programme.blocking import Known
from programme.calendar import months_before
from programme.pairing import Pairing
from programme.people import Person
from programme.refusals import Refusal
from storage import find, journal
from storage.find import matching as finder
from storage.office import Office
from storage.session import Session


def preview(session: Session, office: Office, month: str, only: Collection[str] = ()) -> Pairing:
    """Which pair would moderate which audit; only these, where any are named. Nothing is changed."""
    of, today = find.rounds.of_month(session, month), office.today(session)
    audits = find.moderations.without_a_pair(session, of)
    unknown = set(only) - {audit.ref for audit in audits}
    if unknown:
        msg = f"{', '.join(sorted(unknown))}: not returned in {of.name}, or given to a pair already."
        raise Refusal(msg)
    wanted = [audit for audit in audits if not only or audit.ref in only]
    here = [who for who in find.moderations.moderators(session) if who.is_at_work_on(today)]
    load, policy = find.moderations.load(session, of), office.rules.policy
    known = Known(
        since=months_before(today, policy.matching.former_team_months),
        apart=finder.kept_apart(session),
        handed_back=finder.handed_back(session, [audit.case for audit in wanted], here),
    )
    a_pair = policy.moderation.audits_a_pair
    return pairing.pair_up(wanted, here, load, a_pair=a_pair, known=known, weights=policy.matching)


def assign(session: Session, office: Office, month: str, by: Person, *, only: Collection[str] = ()) -> Pairing:
    """Name a pair for each audit that came back and has none; each moderator gets one message."""
    of = find.rounds.of_month(session, month, to_change=True)
    paired = preview(session, office, month, only)
    now = office.now(session)
    made, facts = pairing.assign(of, paired, at=now, today=office.today(session))
    session.add_all(made)
    journal.write(session, facts, by=by, at=now)
    return paired
