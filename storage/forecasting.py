"""A month's forecast, made from what is on record, kept day by day, and said where it falls short."""

from collections.abc import Sequence
from datetime import date

from programme import allocating, forecast, likelihood
from programme.calendar import following, london, months_before
from programme.forecast import Asked, Forecast, ForecastKept, Known
from programme.likelihood import PastAudit
from programme.owed import NOT_THEIR_DOING
from programme.people import Person
from programme.refusals import Refusal
from programme.reminders import take
from programme.rounds import Round
from programme.words import AllocationState, Competency, Role, RoundState, Scheme
from storage import allocating as allocation
from storage import find, journal, turning
from storage.office import Office
from storage.session import Session

FORESEEN = frozenset({RoundState.OPEN, RoundState.DISTRIBUTED})
AT_DISTRIBUTION, HALF_WAY = "foreseen at distribution", "foreseen half way"


def made(session: Session, office: Office, month: str) -> Forecast:
    """The forecast as it comes out now. Nothing is changed."""
    of = find.rounds.of_month(session, month)
    policy = office.rules.policy
    known = _known(session, office, of)
    rates = likelihood.rates(_past(session, office, of), policy.forecast)
    return forecast.forecast(known, rates, policy.forecast, a_pair=policy.moderation.audits_a_pair)


def to_keep(session: Session, office: Office) -> list[str]:
    """The months that are foreseen and have no forecast of today."""
    today = office.today(session)
    return [
        of.month
        for of in find.rounds.run_here(session)
        if _is_foreseen(of, today) and find.forecasts.of_day(session, of.month, today) is None
    ]


def keep(session: Session, office: Office, month: str) -> ForecastKept:
    """Make today's forecast and keep it; once more on the same day puts it in the place of the first."""
    of, today = find.rounds.of_month(session, month, to_change=True), office.today(session)
    if not _is_foreseen(of, today):
        msg = f"{of.name} is not foreseen any more: what comes back is known."
        raise Refusal(msg)
    kept = find.forecasts.of_day(session, month, today)
    if kept is None:
        kept = ForecastKept(month, today, 0, 0, 0, 0, 0)
        session.add(kept)
    kept.keep(made(session, office, month))
    return kept


def to_warn_of(session: Session, office: Office) -> list[tuple[str, str]]:
    """Each month and the newest step at which those who run it are told, if it falls short; each is taken once."""
    due = ((of.month, _due(session, office, of)) for of in find.rounds.run_here(session))
    return [(month, steps[-1]) for month, steps in due if steps]


def warn(session: Session, office: Office, month: str, step: str) -> bool:
    """Tell those who run the month, where it falls short; the step is taken in any case. Whether anybody was told."""
    of = find.rounds.of_month(session, month, to_change=True)
    due, today, at = _due(session, office, of), office.today(session), office.now(session)
    if step not in due:
        return False
    session.add_all(take(month, due[: due.index(step) + 1], of.distribute_on or today, at=at))
    told = find.people.with_role(session, Role.ADMINISTRATOR, Role.HEAD_OF_QUALITY, on=today)
    facts = forecast.warn(month, made(session, office, month), tell=told)
    journal.write(session, facts, by=None, at=at)
    return bool(facts)


def set_target(session: Session, office: Office, month: str, target: int, by: Person) -> Round:
    """Another target, by name of who decided it."""
    of = find.rounds.of_month(session, month, to_change=True)
    journal.write(session, of.aim_at(target, by=by), by=by, at=office.now(session))
    return of


def _is_foreseen(of: Round, today: date) -> bool:
    return of.state in FORESEEN and (of.moderate_on is None or today < of.moderate_on)


def _steps(office: Office, of: Round, today: date) -> list[str]:
    """The steps whose day has come: when it is given out, and in the middle of the window."""
    if of.state is not RoundState.DISTRIBUTED or not _is_foreseen(of, today):
        return []
    days = office.rules.calendar.working_days_between(*allocating.window(of))
    return [AT_DISTRIBUTION, *([HALF_WAY] if today >= days[len(days) // 2] else [])]


def _due(session: Session, office: Office, of: Round) -> list[str]:
    """The steps whose day has come and that are not taken yet, oldest first."""
    taken = {each.step for each in find.chasing.steps(session, [of.month]).get(of.month, [])}
    return [step for step in _steps(office, of, office.today(session)) if step not in taken]


def _known(session: Session, office: Office, of: Round) -> Known:
    out = find.allocations.of_round(session, of)
    asked = _who_have_it(session, office, of) if of.state is not RoundState.OPEN else _who_will(session, office, of)
    people, today = {each.person for each in asked}, office.today(session)
    turns = find.turns.of_months(session, [following(of.month)])
    moderators = find.moderations.moderators(session)
    return Known(
        target=of.target or 0,
        given_out=of.state is not RoundState.OPEN,
        asked=asked,
        returned=sum(each.state is AllocationState.RETURNED_IN_TIME for each in out),
        come_by_now=_come_by_now(session, office, of),
        wanted=find.rounds.standing_of(session, of).drawn or of.target or 0,
        moderators=sum(each.is_at_work_on(of.moderate_on or today) for each in moderators),
        places_empty=sum(each.group is of.group for each in find.vacancies.still_empty(session)),
        later=[turn.person for turn in turns if turn.person not in people and turn.person.is_at_work_on(today)],
        owing=[each for each in turning.who_owe(session, office) if each not in people],
        core_room=_core_room(session, office, of),
        partners=sum(each.audits for each in find.samples.partners(session, of.month)),
    )


def _who_will(session: Session, office: Office, of: Round) -> list[Asked]:
    """Before it is given out: everybody with a turn, each with as many as they may have."""
    stands = allocation.look(session, of.month).stands
    foreseen = [allocating.candidate(of, turn, stands, office.rules) for turn in stands.turns]
    return [
        Asked(each.person, each.room_for, away=each.away or not each.in_post, carried=bool(each.carried_from))
        for each in foreseen
        if each.room_for
    ]


def _who_have_it(session: Session, office: Office, of: Round) -> list[Asked]:
    """What is out, each with whoever has it."""
    turns = find.turns.of_months(session, [of.month])
    carried = {turn.person for turn in turns if turn.carried_from}
    days = office.rules.calendar.working_days_between(office.today(session), _last_day(office, session, of))
    refs = [each.ref for each in find.allocations.in_state(session, of, AllocationState.OUT)]
    return [
        Asked(
            each.holder,
            away=each.holder.is_away_throughout(days),
            cannot=each.reason is not None,
            carried=each.holder in carried,
        )
        for each in find.chasing.audits(session, refs)
        if each.holder is not None
    ]


def _last_day(office: Office, session: Session, of: Round) -> date:
    return max(allocating.window(of)[1], office.today(session))


def _come_by_now(session: Session, office: Office, of: Round) -> float:
    """Which part of what ever comes in time has come by this working day of a month, as earlier months went."""
    if of.state is RoundState.OPEN:
        return 0.0
    calendar, rules = office.rules.calendar, office.rules.policy.forecast
    first, due = allocating.window(of)
    last = london(of.cut_off_at).date() if of.cut_off_at else due
    gone = len(calendar.working_days_between(first, office.today(session))) - 1
    evenly = min(gone / max(len(calendar.working_days_between(first, last)), 1), 1.0)
    taken = find.forecasts.times_taken(session, of, since=_since(office, of))
    by_now = sum(len(calendar.working_days_between(*each)) - 1 < gone for each in taken)
    return max((by_now + rules.counts_as * evenly) / (len(taken) + rules.counts_as), 0.0)


def _core_room(session: Session, office: Office, of: Round) -> int:
    """How many more the core group could have of a month that is given out."""
    if of.scheme is not Scheme.CORE or of.state is RoundState.OPEN:
        return 0
    held, most = find.allocations.load_by_holder(session, of), office.rules.policy.capacity.core
    core = [turn.person for turn in find.turns.of_months(session, [of.month])]
    return sum(max(most - held.get(each, 0), 0) for each in core if each.competency is Competency.CORE)


def _past(session: Session, office: Office, of: Round) -> Sequence[PastAudit]:
    """How audits of earlier months ended. Who was away all the time, or had a part in the record, says nothing here."""
    since = _since(office, of)
    return [
        PastAudit(part.person, part.month, ended.state is AllocationState.RETURNED_IN_TIME)
        for part in turning.history(session, office)
        if since <= part.month < of.month and not part.away
        for ended in part.held
        if ended.state in ENDED and ended.reason not in NOT_THEIR_DOING
    ]


ENDED = frozenset({AllocationState.RETURNED_IN_TIME, AllocationState.RETURNED_LATE, AllocationState.NOT_RETURNED})


def _since(office: Office, of: Round) -> str:
    return f"{months_before(allocating.window(of)[0], office.rules.policy.forecast.past_months):%Y-%m}"
