"""A step that breaks rests, then is set aside and shown; the thousand others are done."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from programme.exceptions import exceptions
from programme.jobs import SetAside
from scheduler.sweeps.forgetting import Forgetting
from scheduler.sweeps.steps import Steps, take
from storage import find
from storage.office import Office
from storage.session import Conflict, Session
from tests.cast import NOW, Cast
from tests.scheduler.ticking import standing_at

NOON = datetime(2017, 10, 2, 12, tzinfo=UTC)
POISONED = "AUD-2017-10-0500"


@dataclass
class Sweeps:
    """Looks at noon and after it, at things of which one breaks."""

    office: Office
    things: list[str]
    tried: Counter[str] = field(default_factory=Counter)
    well: bool = False

    def at(self, seconds: float) -> int:
        here = standing_at(self.office, NOON + timedelta(seconds=seconds))
        return take(here, "a job", [(ref, partial(self.step, ref)) for ref in self.things], lambda: False)

    def step(self, ref: str, _session: Session) -> bool:
        self.tried[ref] += 1
        if ref == POISONED and not self.well:
            raise LookupError(ref)
        return True


def aside(office: Office) -> list[SetAside]:
    with office.record.reading() as session:
        return list(find.jobs.failed_things(session, "a job"))


def test_one_that_is_poisoned_in_a_thousand_keeps_nobody_and_is_not_tried_each_ten_seconds(office: Office) -> None:
    sweeps = Sweeps(office, [f"AUD-2017-10-{number:04d}" for number in range(1000)])
    assert sweeps.at(0) == 999
    sweeps.things = [POISONED]
    for seconds in range(10, 24 * 60 * 60, 10):
        sweeps.at(seconds) if seconds < 3600 or seconds % 3600 == 0 else None
    assert Counter(sweeps.tried.values()) == {1: 999, 5: 1}
    assert [(each.about, each.tries, each.code, each.retry_at) for each in aside(office)] == [
        (POISONED, 5, "LookupError", None)
    ]


def test_it_is_tried_after_a_minute_then_two_then_four_then_eight(office: Office) -> None:
    sweeps, when = Sweeps(office, [POISONED]), []
    for seconds in range(0, 3600, 10):
        before = sweeps.tried[POISONED]
        sweeps.at(seconds)
        when += [seconds / 60] if sweeps.tried[POISONED] > before else []
    assert when == [0, 1, 3, 7, 15]


def test_what_may_not_be_left_alone_is_tried_each_minute_for_ever(office: Office) -> None:
    thing = SetAside("alarm", "SAFE-1", since=NOON)
    at, rests = NOON, []
    for _ in range(100):
        thing.failed("LookupError", at=at, gives_up=False)
        assert thing.retry_at is not None
        rests.append((thing.retry_at - at) // timedelta(minutes=1))
        at = thing.retry_at
    assert (rests, thing.waits_for_a_person) == ([1] * 100, True)
    assert Steps.of(office, "alarm", lambda: False, gives_up=False).ready(["SAFE-1"]) == ["SAFE-1"]


def test_what_goes_well_in_the_end_is_forgotten(office: Office) -> None:
    sweeps = Sweeps(office, [POISONED])
    sweeps.at(0)
    sweeps.well = True
    assert [sweeps.at(seconds) for seconds in (10, 60, 61)] == [0, 1, 1]
    assert aside(office) == []


def test_what_is_due_no_longer_is_forgotten_after_a_day(office: Office) -> None:
    Sweeps(office, [POISONED]).at(0)
    left = []
    for hours in (24, 25):
        Forgetting(standing_at(office, NOON + timedelta(hours=hours))).sweep()
        left.append(len(aside(office)))
    assert left == [1, 0]


def test_who_comes_second_has_not_failed(office: Office) -> None:
    def second(_session: Session) -> bool:
        raise Conflict

    assert take(office, "a job", [("AUD-1", second)], lambda: False) == 0
    assert aside(office) == []


@pytest.mark.parametrize(("failures", "shown"), [(4, []), (5, [POISONED])])
def test_what_is_set_aside_is_shown_with_its_reference(
    office: Office, cast: Cast, failures: int, shown: list[str]
) -> None:
    sweeps = Sweeps(office, [POISONED])
    for number in range(failures):
        sweeps.at(3600 * number)
    with office.record.reading() as session:
        found = find.exceptions.found(session, cast.round, today=NOW.date(), rules=office.rules)
        said = [each.said for each in exceptions(found, NOW.date())]
    text = "what should go by itself failed 5 times. Whoever runs the server should look: flask doctor."
    assert said == [f"{ref}: {text}" for ref in shown]


def test_a_worker_that_is_told_to_stop_begins_no_other(office: Office) -> None:
    sweeps = Sweeps(office, [])
    steps = [(ref, partial(sweeps.step, ref)) for ref in ("AUD-1", "AUD-2", "AUD-3")]
    assert take(office, "a job", steps, lambda: len(sweeps.tried) == 2) == 2
