"""Makes whatever a view is drawn of, by the type that its parameter names.

A view that draws from types known here needs nothing more to be tried. Of a new type: a plain dataclass is made field
by field; what must agree within itself gets a function in `MAKERS`.
"""

import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from programme.absences import Absence
from programme.actions import Action
from programme.allocations import Allocation
from programme.cases import Case, FrameEntry
from programme.checking import Check, CheckAnswer, WhyChecked
from programme.figures import Account, account
from programme.matching import Matching, Move, Placed, Unplaced
from programme.outcomes import Copy, Mended, Said
from programme.people import AuditGroup, Person, RoleHeld, Service, Team
from programme.policy import About, Policy, SafetyRules
from programme.roll_check import RollCheck, Window
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.safety import Alert
from programme.submissions import Submission
from programme.swap_peers import Peer
from programme.swaps import Offer, Swap
from programme.tool import AuditTool
from programme.words import (
    ActionState,
    AllocationState,
    OfferState,
    Priority,
    Reason,
    Role,
    RoundState,
    SubmissionState,
    SwapKind,
    SwapState,
)

TODAY = date(2017, 10, 2)
PROSE = 5_000
Words = Callable[[random.Random, int], str]
"""Some words of at most so many characters."""

MANY = [0, 1, 2, 20]
VERY_MANY = 300


class Unknown(Exception):
    """A type that nothing here makes."""


class Maker:
    """`sizes` is how long a list may be, `words` what people have written."""

    def __init__(self, chance: random.Random, words: Words, sizes: Sequence[int] = (*MANY, *MANY, VERY_MANY)) -> None:
        self.chance = chance
        self._words = words
        self.sizes = sizes
        self._made = 0

    def number(self) -> int:
        """Another one each time, so that no two have the same reference."""
        self._made += 1
        return self._made

    def words(self, most: int) -> str:
        return self._words(self.chance, most)

    def a(self, *choices: Any) -> Any:  # noqa: ANN401 - one of them
        return self.chance.choice(choices)

    def day(self) -> date:
        return TODAY + timedelta(days=self.chance.randint(-40, 40))

    def moment(self) -> datetime:
        return datetime(2017, 10, 2, 8, 5, tzinfo=UTC) + timedelta(minutes=self.chance.randint(-60_000, 60_000))

    def several(self, kind: Any) -> list[Any]:  # noqa: ANN401 - a type, or what stands for one
        return [self.made(kind) for _ in range(self.chance.choice(self.sizes))]

    def few(self, kind: Any, most: int = 3) -> list[Any]:  # noqa: ANN401
        return [self.made(kind) for _ in range(self.chance.randint(0, most))]

    def made(self, kind: Any) -> Any:  # noqa: ANN401
        """Something of this type; `Unknown` where nothing says how."""
        if kind in MAKERS:
            return MAKERS[kind](self)
        origin, inner = get_origin(kind), get_args(kind)
        if origin in {Union, UnionType}:
            return self.made(self.chance.choice(inner))
        if origin is tuple:
            return tuple(self.several(inner[0])) if inner[1:] == (...,) else tuple(map(self.made, inner))
        if isinstance(origin, type) and issubclass(origin, Iterable):
            is_mapping = issubclass(origin, Mapping)
            return dict(zip(*map(self.several, inner), strict=False)) if is_mapping else self.several(inner[0])
        return self._plain(kind)

    def _plain(self, kind: Any) -> Any:  # noqa: ANN401
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self.chance.choice(list(kind))
        if isinstance(kind, type) and is_dataclass(kind):
            return self._field_by_field(kind)
        raise Unknown(str(kind))

    def _field_by_field(self, kind: type) -> Any:  # noqa: ANN401
        hints = get_type_hints(kind)
        needed = [each for each in fields(kind) if each.init]
        given = [each for each in needed if each.default is MISSING or self.chance.random() < 0.7]
        return kind(**{each.name: self.made(hints[each.name]) for each in given})


def _person(make: Maker) -> Person:
    number = make.number()
    person = Person(
        f"{number}{make.words(240)}@example.org",
        make.words(100),
        roles_held=[RoleHeld(role) for role in make.chance.sample(list(Role), make.a(0, 1, 3))],
        team=make.a(None, Team(make.words(100), Service(make.words(100)))),
        group=make.a(None, AuditGroup(make.words(100))),
        id=number,
    )
    person.service = person.team.service if person.team else make.a(None, Service(make.words(100)))
    firsts = [make.day() for _ in range(make.a(0, 0, 1, 4))]
    person.absences = [
        Absence(person, first, first + timedelta(days=make.a(0, 30)), id=make.number()) for first in firsts
    ]
    return person


def _case(make: Maker) -> Case:
    team = make.a(None, Team(make.words(100), Service(make.words(100))))
    return Case(f"MDW-{make.number():016}", team, make.words(40), make.words(20))


def _round(make: Maker) -> Round:
    due = make.day()
    return Round(
        "2017-10",
        make.words(200),
        make.a(*RoundState),
        target=make.a(1, 30, 10_000),
        due_on=due,
        cut_off_at=make.moment(),
        moderate_on=due + timedelta(days=7),
    )


def _allocation(make: Maker) -> Allocation:
    return Allocation(
        f"AUD-2017-10-{make.number():03}",
        make.made(Round),
        make.made(Case),
        make.a(AllocationState.OUT, *AllocationState),
        make.made(Person),
        make.day(),
        reason=make.a(None, *map(str, Reason)),
        reason_words=make.words(PROSE),
    )


def _action(make: Maker) -> Action:
    state = make.a(*ActionState)
    action = Action(
        f"ACT-2017-10-{make.number():03}-1",
        make.made(Allocation),
        make.words(PROSE),
        make.words(PROSE),
        make.a(*Priority),
        make.moment(),
        make.made(Person),
        state,
    )
    if state in {ActionState.CONFIRMED, ActionState.CHECKED}:
        action.confirmed_by, action.confirmed_at = make.made(Person), make.moment()
    return action


def _check(make: Maker) -> Check:
    action, asked_at = make.made(Action), make.moment()
    check = Check(f"CHK-{make.number()}", action, make.made(Person), asked_at, make.a(*WhyChecked), 1, "2017-10")
    check.checker, check.asked_at, check.due_on = make.made(Person), asked_at, make.day()
    check.answer = make.a(None, *CheckAnswer)
    return check


def _alert(make: Maker) -> Alert:
    """As far as it has come: raised, in hand, said to be over, over."""
    alert = Alert(f"SAFE-2017-10-{make.number():03}", make.made(Allocation), make.made(Person), make.moment())
    alert.staff_conduct, come_to = make.made(bool), make.a(0, 1, 2, 3)
    if come_to > 0:
        alert.taken_by, alert.taken_at = make.made(Person), make.moment()
    if come_to > 1:
        alert.seen_by, alert.seen_at, alert.seen_words = make.made(Person), make.moment(), make.words(PROSE)
    if come_to > 2:
        alert.ended_by, alert.ended_at = make.made(Person), make.moment()
    return alert


def _swap(make: Maker) -> Swap:
    state, audit = make.a(*SwapState), make.made(Allocation)
    offers = [Offer(make.made(Person), make.a(OfferState.WAITING, OfferState.DECLINED)) for _ in range(make.a(1, 3))]
    if state in {SwapState.AWAITING_APPROVAL, SwapState.ACCEPTED, SwapState.UNDONE}:
        offers[0].state = OfferState.ACCEPTED
    swap = Swap(
        f"SW-{make.number():04}",
        audit,
        audit.holder,
        make.a(*SwapKind),
        state,
        make.moment(),
        make.moment(),
        offers=offers,
    )
    if state in {SwapState.ACCEPTED, SwapState.UNDONE, SwapState.WITHDRAWN, SwapState.DECLINED}:
        swap.settled_at, swap.settled_by = make.moment(), make.made(Person)
    return swap


def _submission(make: Maker) -> Submission:
    faults = [[make.words(40), make.words(200)] for _ in range(make.a(0, 1, 20))]
    state, audit = make.a(*SubmissionState), make.a(None, make.made(Allocation))
    body, why = make.words(PROSE), make.words(PROSE) or "held"
    return Submission(
        f"SUB-{make.number()}",
        "form",
        "r",
        "d",
        body,
        make.moment(),
        state,
        held_because=why,
        faults=faults,
        allocation=audit,
    )


def _matching(make: Maker) -> Matching:
    several = make.several(Case)
    placed = [Placed(case, make.made(Person), make.words(400), make.words(400)) for case in several[::2]]
    unplaced = [
        Unplaced(case, make.a(make.words(2900), "nobody may read it"), make.words(400)) for case in several[1::2]
    ]
    moves = [Move(case, make.made(Person), make.a(None, make.made(Person)), make.words(200)) for case in make.few(Case)]
    return Matching(tuple(placed), tuple(unplaced), tuple(moves))


def _swaps_by_audit(make: Maker) -> dict[str, Swap]:
    return {
        f"AUD-2017-10-{number:03}": make.made(Swap) for number in range(1, 1 + min(make.chance.choice(make.sizes), 60))
    }


def _words_by_audit(make: Maker) -> dict[str, str]:
    return {
        f"AUD-2017-10-{number:03}": make.words(200) for number in range(1, 1 + min(make.chance.choice(make.sizes), 60))
    }


def _sections(make: Maker) -> list[dict[str, Any]]:
    text = {"type": "mrkdwn", "text": "One line of some page.", "verbatim": True}
    return [{"type": "section", "text": text} for _ in range(make.a(1, 100))]


MAKERS: Mapping[Any, Callable[[Maker], Any]] = {
    str: lambda make: make.words(400),
    int: lambda make: make.a(1, 2, 20, 10_000),
    bool: lambda make: make.chance.random() < 0.5,
    float: lambda make: make.a(0.0, 1.5),
    NoneType: lambda _make: None,
    date: Maker.day,
    datetime: Maker.moment,
    time: lambda make: make.moment().time(),
    Account: lambda _make: account({}),
    Rulebook: lambda _make: Rulebook.of(Policy()),
    AuditTool: lambda _make: None,
    About: lambda make: About(
        make.words(200), make.words(80), make.words(80), make.words(80), "https://council.example/quality"
    ),
    SafetyRules: lambda make: SafetyRules(duty_team_phone=make.words(40)),
    Absence: lambda make: Absence(make.made(Person), TODAY, TODAY + timedelta(days=make.a(0, 30)), id=make.number()),
    Person: _person,
    Case: _case,
    Round: _round,
    Allocation: _allocation,
    Action: _action,
    Check: _check,
    Alert: _alert,
    Collection[Person]: lambda make: [make.made(Person) for _ in range(3)],
    Swap: _swap,
    Submission: _submission,
    Matching: _matching,
    Peer: lambda make: Peer(make.made(Person), taken=make.a(0, 1, 7), offered=make.made(bool)),
    FrameEntry: lambda make: FrameEntry(
        "2017-10", make.made(Case), 1, None, make.a("", make.words(PROSE)), id=make.number()
    ),
    RollCheck: lambda make: RollCheck(
        "2017-11",
        Service(make.words(100)),
        make.made(Person),
        make.moment(),
        *make.a((None, None), (make.moment(), make.made(Person))),
    ),
    Window: lambda _make: Window("2017-11", date(2017, 10, 18), date(2017, 11, 1), date(2017, 11, 30)),
    list[Copy]: lambda make: [make.made(Copy) for _ in range(make.a(0, 1, 4))],
    list[Said]: lambda make: [make.made(Said) for _ in range(make.a(0, 1, 4))],
    list[Mended]: lambda make: [make.made(Mended) for _ in range(make.a(0, 1))],
    Mapping[str, Swap]: _swaps_by_audit,
    Mapping[str, str]: _words_by_audit,
    Sequence[dict[str, Any]]: _sections,
    Sequence[date]: lambda make: [TODAY + timedelta(days=each) for each in range(make.a(1, 4, 15))],
}
