"""Naming the pairs on record, for pages, chat and commands alike: who would read what, and that they shall."""

from collections.abc import Collection, Mapping, Sequence

from programme import pairing, pairing_by_hand
from programme.allocations import Allocation
from programme.blocking import Known
from programme.calendar import months_before
from programme.pairing import Pairing, Readers
from programme.pairing_by_hand import Chosen
from programme.people import Person
from programme.refusals import Refusal
from programme.rounds import Round
from storage import find, journal
from storage.find import matching as finder
from storage.office import Office
from storage.session import Session

ByHand = Mapping[str, tuple[int, int]]
"""Two people by number for each audit by reference; 0 for nobody."""


def preview(session: Session, office: Office, month: str, only: Collection[str] = ()) -> Pairing:
    """Which pair would moderate which audit; only these, where any are named. Nothing is changed."""
    of = find.rounds.of_month(session, month)
    wanted = _without_a_pair(session, of, only)
    readers, policy = readers_of(session, office, of, wanted), office.rules.policy
    a_pair = policy.moderation.audits_a_pair
    known, weights = readers.known, policy.matching
    return pairing.pair_up(wanted, readers.people, readers.load, a_pair=a_pair, known=known, weights=weights)


def by_hand(session: Session, office: Office, month: str, chosen: ByHand) -> Pairing:
    """These two for each of these audits, judged by the rules; what is not named stays without a pair."""
    of = find.rounds.of_month(session, month)
    wanted = _without_a_pair(session, of, chosen) if chosen else []
    readers = readers_of(session, office, of, wanted, also=[number for pair in chosen.values() for number in pair])
    people = {who.id: who for who in find.moderations.moderators(session)}
    pairs = [Chosen(audit, *(people.get(number) for number in chosen[audit.ref])) for audit in wanted]
    return pairing_by_hand.judged(pairs, readers)


def readers_of(
    session: Session, office: Office, of: Round, audits: Sequence[Allocation], also: Collection[int] = ()
) -> Readers:
    """Who is at work on the day, or today where that is over; `also` those whom somebody named."""
    today, policy = office.today(session), office.rules.policy
    day = max(today, of.moderate_on or today)
    people = [who for who in find.moderations.moderators(session) if who.is_at_work_on(day) or who.id in also]
    known = Known(
        since=months_before(today, policy.matching.former_team_months),
        apart=finder.kept_apart(session),
        handed_back=finder.handed_back(session, [audit.case for audit in audits], people),
    )
    return Readers.of(audits, people, find.moderations.load(session, of), known, day=day)


def assign(
    session: Session,
    office: Office,
    month: str,
    by: Person,
    *,
    only: Collection[str] = (),
    chosen: ByHand | None = None,
) -> Pairing:
    """Name a pair for each audit that came back and has none; each moderator gets one message."""
    of = find.rounds.of_month(session, month, to_change=True)
    paired = preview(session, office, month, only) if chosen is None else by_hand(session, office, month, chosen)
    now = office.now(session)
    made, facts = pairing.assign(of, paired, at=now)
    session.add_all(made)
    journal.write(session, facts, by=by, at=now)
    return paired


def _without_a_pair(session: Session, of: Round, only: Collection[str]) -> list[Allocation]:
    audits = find.moderations.without_a_pair(session, of)
    unknown = set(only) - {audit.ref for audit in audits}
    if unknown:
        msg = f"{', '.join(sorted(unknown))}: not returned in {of.name}, or given to a pair already."
        raise Refusal(msg)
    return [audit for audit in audits if not only or audit.ref in only]
