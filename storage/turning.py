"""Turns on record: made for the months ahead when a round is opened, and again whenever what they rest on has changed.

`follow` is called when a round is opened, when the people list changes and when a report is drafted. It may be called
at any time: where nothing has changed it changes nothing, and a month that has been given out it leaves as it is.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from programme import explained, rota
from programme.calendar import following
from programme.explained import Line, Whose, line_of
from programme.owed import Part, owed
from programme.people import AuditGroup, Person
from programme.planning_facts import TurnsPlanned
from programme.refusals import Refusal
from programme.rota import Ahead, Owed, Plan, Turn
from programme.rounds import Round
from programme.words import NOT_GIVEN_OUT, AllocationState, RoundState
from storage import find, journal
from storage.find.turns import Held
from storage.office import Office
from storage.session import Session

OVER = frozenset({RoundState.MODERATING, RoundState.REPORTED, RoundState.CLOSED})


def follow(session: Session, office: Office, *, by: Person | None, at: datetime) -> Plan:
    """Bring the turns of the months ahead up to date with the rota, the people list and what is owed."""
    session.flush()
    rounds = in_line(session)
    if not rounds:
        return Plan()
    out = given_out(rounds)
    ahead = [each for each in months_ahead(session, office, rounds) if each.month not in out]
    months = [each.month for each in ahead]
    plan = rota.plan(
        ahead,
        find.people.auditors(session),
        find.turns.of_months(session, [*_passed_over(rounds), *months], to_change=True),
        _owed(session, office, rounds),
        find.swaps.given_away(session, months),
    )
    _keep(session, plan)
    if plan != Plan():
        planned = TurnsPlanned(about=rounds[-1].month, made=len(plan.made), dropped=len(plan.dropped))
        journal.write(session, [planned], by=by, at=at)
    return plan


def in_line(session: Session) -> Sequence[Round]:
    """Every round that was opened here, the last one held: two who plan at once do so one after the other."""
    rounds = find.rounds.run_here(session)
    if rounds:
        find.rounds.by_month(session, rounds[-1].month, to_change=True)
    return rounds


def who_owe(session: Session, office: Office) -> list[Person]:
    """Everybody who still owes an audit of an earlier month, each once."""
    rounds = find.rounds.run_here(session)
    return list(dict.fromkeys(each.person for each in _owed(session, office, rounds)))


def _owed(session: Session, office: Office, rounds: Sequence[Round]) -> list[Owed]:
    return owed(history(session, office), given_out=given_out(rounds), over=_over(rounds))


def whose_month(session: Session, office: Office, month: str) -> AuditGroup:
    """The group that is next, as the rota has it."""
    rounds, groups = find.rounds.run_here(session), find.people.groups(session)
    if not rounds or rounds[-1].group is None:
        msg = "No round has been run yet. Say which group begins."
        raise Refusal(msg, field="group")
    return rota.whose_month(month, (rounds[-1].month, rounds[-1].group), groups, office.rules.policy.rota)


def months_ahead(session: Session, office: Office, rounds: Sequence[Round]) -> list[Ahead]:
    """The month of the last round, those that turns are made for after it, and whatever was left open before it."""
    last, rules = rounds[-1], office.rules.policy.rota
    if last.group is None:
        return []
    groups = rota.groups_from(last.group, find.people.groups(session))
    foreseen = zip(rota.months_from(last.month, rules.months_ahead)[1:], islice(groups, 1, None), strict=False)
    return [
        *(_opened(each) for each in rounds if each is last or each.state in NOT_GIVEN_OUT),
        *(_foreseen(office, month, group) for month, group in foreseen),
    ]


def history(session: Session, office: Office, person: Person | None = None) -> list[Part]:
    """Every month of everybody, or of one person, by month: the turn they had and how what they held ended."""
    turns = {(turn.person, turn.month): turn for turn in find.turns.every(session, person)}
    held: dict[tuple[Person, str], list[Held]] = defaultdict(list)
    for each in find.turns.audits(session, person):
        held[each.person, each.month].append(each)
    keys = sorted({*turns, *held}, key=lambda key: (key[1], key[0].name))
    return [_part(office, who, month, turns.get((who, month)), held.get((who, month), [])) for who, month in keys]


def whose(session: Session, office: Office) -> Whose:
    """Whose each month was, is and will be, as far as turns are made."""
    rounds = find.rounds.run_here(session)
    ahead = months_ahead(session, office, rounds) if rounds else []
    groups = {each.month: each.group for each in rounds if each.group} | {each.month: each.group for each in ahead}
    return Whose(groups, ahead, find.people.groups(session))


def lines(session: Session, office: Office, known: Whose, person: Person | None = None) -> list[Line]:
    """The rota's line of every auditor in post, or of one person, by name."""
    today = office.today(session)
    parts: dict[Person, list[Part]] = defaultdict(list)
    for part in history(session, office, person):
        parts[part.person].append(part)
    people = [person] if person else [each for each in find.people.auditors(session) if each.is_here_on(today)]
    return [line_of(each, parts[each], known, f"{today:%Y-%m}") for each in people]


def said_to(session: Session, office: Office, person: Person) -> str:
    """What somebody reads of their own turns; empty for who is no auditor."""
    if not person.is_auditor:
        return ""
    known = whose(session, office)
    [mine] = lines(session, office, known, person)
    return explained.said_to(mine, known, f"{office.today(session):%Y-%m}")


def turn_of_duty(session: Session, holder: Person, month: str) -> Turn:
    """The turn of who holds an audit of a month; somebody whom the rota did not foresee gets one by what they hold."""
    turn = find.turns.of_person(session, holder, month, to_change=True)
    if turn is None:
        turn = Turn(holder, month, rota.GIVEN_OUT)
        session.add(turn)
    return turn


def given_out(rounds: Sequence[Round]) -> set[str]:
    """The months whose turns nobody plans any more."""
    return {each.month for each in rounds if each.state not in NOT_GIVEN_OUT}


def _over(rounds: Sequence[Round]) -> set[str]:
    """The months in which nothing more is given out: moderation has begun, or a later month is open."""
    later = rounds[-1].month
    return {each.month for each in rounds if each.state in OVER or each.month in given_out(rounds) - {later}}


def _passed_over(rounds: Sequence[Round]) -> list[str]:
    """Months before the last round's in which none was run."""
    run, month = {each.month for each in rounds}, rounds[0].month
    between = []
    while month < rounds[-1].month:
        month = following(month)
        between += [] if month in run else [month]
    return between


def _opened(of: Round) -> Ahead:
    if of.group is None or of.distribute_on is None or of.due_on is None:
        msg = f"{of.name} is a past month: nobody has a turn in it."
        raise Refusal(msg)
    return Ahead(of.month, of.group, of.scheme, of.distribute_on, of.due_on)


def _foreseen(office: Office, month: str, group: AuditGroup) -> Ahead:
    dates = office.rules.calendar.dates_of(month, office.rules.policy.month)
    scheme = rota.scheme_of(month, office.rules.policy.rota)
    return Ahead(month, group, scheme, dates.distribute_on, dates.due_on)


def _part(office: Office, who: Person, month: str, turn: Turn | None, held: Sequence[Held]) -> Part:
    missed = [each for each in held if each.ended.state is AllocationState.NOT_RETURNED]
    days = [office.rules.calendar.working_days_between(each.first, each.last) for each in missed[:1]]
    away = any(who.is_away_throughout(window) for window in days)
    return Part(who, month, turn, tuple(each.ended for each in held), away=away)


def _keep(session: Session, plan: Plan) -> None:
    """What goes is gone before what comes in its place is written: a person has one turn a month."""
    for turn in plan.dropped:
        session.delete(turn)
    session.flush()
    for turn, month in plan.moved:
        turn.month = month
    session.flush()
    session.add_all(plan.made)
