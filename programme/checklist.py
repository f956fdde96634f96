"""A month as a list of steps: which are done, which is next, and what does not go by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from programme.figures import Standing
from programme.rounds import Round
from programme.words import ReportState, RoundState


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    GOING = "going"
    LATER = "later"


class Place(StrEnum):
    """Where a step is taken, or something is put right."""

    START = "start"
    DATES = "dates"
    ROLL_CHECK = "roll-check"
    FRAME = "frame"
    SAMPLE = "sample"
    ALLOCATE = "allocate"
    FORECAST = "forecast"
    GIVE_OUT = "give-out"
    AUDITS = "audits"
    PAIRS = "pairs"
    OUTCOMES = "outcomes"
    MODERATION = "moderation"
    REPORT = "report"
    CLOSE = "close"
    PEOPLE = "people"
    HELD = "held"


@dataclass(frozen=True)
class Step:
    """`said` is how it stands in a few words; `on` the day it is due by the month's calendar."""

    name: str
    state: StepState
    said: str
    on: date | None
    place: Place


@dataclass(frozen=True)
class Standout:
    """One thing that somebody who runs the month should look at."""

    said: str
    place: Place


@dataclass(frozen=True)
class Seen:
    """What the record says of a month, beside how it stands in numbers."""

    stands: Standing
    asked: int = 0
    answered: int = 0
    unpaired: int = 0
    late_unpaired: int = 0
    paired: int = 0
    agreed: int = 0
    outcomes_sent: int = 0
    was_due: int = 0
    cannot: int = 0
    held: int = 0
    not_on_slack: int = 0
    places_empty: int = 0
    left_behind: int = 0
    undelivered: int = 0
    likely: int | None = None
    report: ReportState | None = None
    beyond_the_month: Sequence[str] = field(default_factory=list)


def steps(of: Round, seen: Seen) -> list[Step]:
    """The month from the roll check to its closing. The first that is neither done nor to come is the next one."""
    return [
        _roll_check(of, seen),
        _frame(of, seen),
        _sample(of, seen),
        _allocate(of, seen),
        _give_out(of, seen),
        _returns(of, seen),
        _pairs(of, seen),
        _moderation(of, seen),
        _outcomes(of, seen),
        _report(of, seen),
        _close(of, seen),
    ]


def next_of(listed: Sequence[Step]) -> Step | None:
    """What those who run the month take next; while there is nothing to take, what others are at."""
    to_do = [step for state in (StepState.NOW, StepState.GOING) for step in listed if step.state is state]
    return to_do[0] if to_do else None


def _roll_check(of: Round, seen: Seen) -> Step:
    state = _after(seen.asked, done=seen.answered == seen.asked, else_=StepState.GOING)
    said = f"{seen.answered} of {seen.asked} lists confirmed" if seen.asked else "not asked yet"
    return Step("Ask whether the lists are right", state, said, of.roll_check_on, Place.ROLL_CHECK)


def _frame(of: Round, seen: Seen) -> Step:
    frame = seen.stands.frame
    said = f"{frame} children's records to draw from" if frame else "none yet"
    state = StepState.DONE if frame else StepState.NOW
    return Step("Bring in the children's records", state, said, of.sample_on, Place.FRAME)


def _sample(of: Round, seen: Seen) -> Step:
    stands = seen.stands
    said = f"{stands.drawn} drawn; the target is {stands.target}" if stands.drawn else "not drawn yet"
    return Step("Draw the sample", _after(stands.frame, done=stands.drawn > 0), said, of.sample_on, Place.SAMPLE)


def _allocate(of: Round, seen: Seen) -> Step:
    stands = seen.stands
    given = stands.planned + stands.account.given_out
    said = f"{stands.unallocated} without an auditor" if stands.unallocated else f"{given} allocated"
    done = given > 0 and not stands.unallocated
    return Step("Allocate", _after(stands.drawn, done=done), said, of.distribute_on, Place.ALLOCATE)


def _give_out(of: Round, seen: Seen) -> Step:
    stands = seen.stands
    given = stands.account.given_out
    said = f"{stands.planned} to give out" if stands.planned else f"{given} given out" if given else "nothing yet"
    state = _after(stands.planned + given, done=given > 0 and not stands.planned)
    return Step("Give out", state, said, of.distribute_on, Place.GIVE_OUT if stands.planned else Place.AUDITS)


def _returns(of: Round, seen: Seen) -> Step:
    account = seen.stands.account
    said = f"{account.returned} of {account.given_out} back" if account.given_out else "nothing is out yet"
    done = account.given_out > 0 and not account.awaiting
    state = _after(account.given_out, done=done, else_=StepState.GOING)
    return Step("Audits come back", state, said, of.due_on, Place.AUDITS)


def _pairs(of: Round, seen: Seen) -> Step:
    said = f"{seen.unpaired} without a pair" if seen.unpaired else f"{seen.paired} with a pair"
    state = _after(seen.stands.account.returned, done=seen.paired > 0 and not seen.unpaired)
    return Step("Open the moderation day", state, said, of.moderate_on, Place.PAIRS if seen.unpaired else Place.AUDITS)


def _moderation(of: Round, seen: Seen) -> Step:
    said = f"{seen.agreed} of {seen.paired} agreed" if seen.paired else "nothing to moderate yet"
    state = _after(seen.paired, done=seen.agreed == seen.paired, else_=StepState.GOING)
    return Step("Moderate", state, said, of.moderate_on, Place.MODERATION if seen.paired else Place.AUDITS)


def _outcomes(of: Round, seen: Seen) -> Step:
    said = f"{seen.outcomes_sent} of {seen.agreed} sent" if seen.agreed else "none agreed yet"
    state = _after(seen.agreed, done=seen.outcomes_sent >= seen.agreed)
    return Step("Send the outcomes", state, said, of.outcomes_by, Place.OUTCOMES)


def _report(of: Round, seen: Seen) -> Step:
    said = str(seen.report).replace("_", " ") if seen.report else "not drafted yet"
    state = _after(seen.agreed, done=seen.report is ReportState.ISSUED)
    return Step("Draft, sign off and issue the report", state, said, of.draft_by, Place.REPORT)


def _close(of: Round, seen: Seen) -> Step:
    closed = of.state is RoundState.CLOSED
    state = _after(int(closed or seen.report is ReportState.ISSUED), done=closed)
    return Step("Close the month", state, "closed" if closed else "open", of.sign_off_on, Place.CLOSE)


def _after(what_comes_before: int, *, done: bool, else_: StepState = StepState.NOW) -> StepState:
    """A step waits until there is something to take it with. Some are others' work, and only go on."""
    if not what_comes_before:
        return StepState.LATER
    return StepState.DONE if done else else_


def stands_out(of: Round, seen: Seen, today: date) -> list[Standout]:
    """What does not go by itself, the most pressing first. Nobody is named: who it is stands where it is put right."""
    return list(_standouts(of, seen, today))


def _standouts(of: Round, seen: Seen, today: date) -> Iterator[Standout]:
    yield from _counted(seen.held, "1 return is held", "{} returns are held", Place.HELD)
    yield from _counted(seen.cannot, "1 cannot be done by its auditor", "{} cannot be done", Place.AUDITS)
    yield from _counted(
        seen.late_unpaired, "1 came late: give it to a pair", "{} came late: give them to a pair", Place.PAIRS
    )
    yield from _counted(seen.was_due, "1 was due, without a reason", "{} were due, without a reason", Place.AUDITS)
    yield from _counted(seen.undelivered, "1 message reached nobody", "{} messages reached nobody", Place.START)
    yield from _counted(seen.not_on_slack, "1 person is not on Slack", "{} people are not on Slack", Place.PEOPLE)
    yield from _counted(seen.places_empty, "1 place is empty", "{} places are empty", Place.PEOPLE)
    yield from _counted(seen.left_behind, "1 leaver has open work", "{} leavers have open work", Place.PEOPLE)
    account, begun = seen.stands.account, of.distribute_on is not None and of.distribute_on <= today
    if not account.balances:
        yield Standout(f"{account.given_out} were given out and {account.accounted} are accounted for", Place.AUDITS)
    if begun and seen.stands.unallocated:
        yield Standout(f"{seen.stands.unallocated} drawn, and with nobody", Place.ALLOCATE)
    if begun and seen.answered < seen.asked:
        yield Standout(f"{seen.asked - seen.answered} lists not confirmed: last month's stand", Place.ROLL_CHECK)
    if seen.likely is not None and seen.likely < seen.stands.target:
        yield Standout(f"{seen.likely} likely to come back; the target is {seen.stands.target}", Place.FORECAST)
    for late in seen.beyond_the_month:
        yield Standout(f"Too few working days this month: {late}", Place.DATES)


def _counted(n: int, one: str, many: str, place: Place) -> Iterator[Standout]:
    if n:
        yield Standout(one if n == 1 else many.format(n), place)
