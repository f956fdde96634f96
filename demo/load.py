"""Loads the fictional borough the way an administrator would: by the commands, one after the other, on the days it
would be done. The clock is set before each step and in the end stands where the demo begins.
"""

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from demo import returns
from demo.happenings import HAPPENINGS, Happening
from programme.calendar import at_london
from programme.refusals import Refusal
from storage import clock, find
from storage.office import Office

BOROUGH = Path(__file__).parent / "borough"
ADMINISTRATOR = "odette.marchbanks@fernleigh.example"
MONTH = "2017-10"
THEME = "Safeguarding and planning"
HELD = 1
GIVEN_OUT_FIRST = 18
BEGINS_AT = at_london(date(2017, 10, 16), time(9, 30))

RunCommand = Callable[..., None]
"""Runs one `flask …` command by its words; raises when the command refuses."""


@dataclass(frozen=True)
class Step:
    at: datetime
    said: str
    command: tuple[str, ...]


def _step(day: int, month: int, hour: time, said: str, *command: str) -> Step:
    return Step(at_london(date(2017, month, day), hour), said, (*command, "--as", ADMINISTRATOR))


STEPS = (
    _step(18, 9, time(9, 30), "90 people, 58 of them auditors", "people", "import", str(BOROUGH / "people.csv")),
    _step(20, 9, time(11), "October's audit tool", "tool", "import", str(BOROUGH / "tool-2017-10.toml")),
    _step(
        *(22, 9, time(14), "60 children's records to draw from"),
        *("cases", "import", str(BOROUGH / "cases-2017-10.csv"), "--round", MONTH),
    ),
    _step(
        *(22, 9, time(14, 30), f"the round for October, '{THEME}', group Rowan, target 30"),
        *("round", "open", MONTH, "--theme", THEME, "--group", "Rowan"),
    ),
    _step(
        *(25, 9, time(10), "a sample of 20, drawn at random"),
        *("round", "sample", MONTH, "--size", "20", "--seed", "1710"),
    ),
    _step(26, 9, time(9, 40), "", "round", "pin", MONTH, "FER-006270", "catrin.llewelyn-moss@fernleigh.example"),
    _step(
        *(26, 9, time(9, 45), "2 of them placed by hand"),
        *("round", "pin", MONTH, "FER-000505", "hyacinth.delacroix@fernleigh.example"),
    ),
    _step(27, 9, time(10), "20 allocated, each with its reason", "round", "allocate", MONTH, "--apply"),
    _step(29, 9, time(16), "three past months, as history", "months", "import", str(BOROUGH / "past-months.yaml")),
    _step(
        *(2, 10, time(9, 5), f"{GIVEN_OUT_FIRST} given out on Monday 2 October; the other 2 wait"),
        *("round", "distribute", MONTH, "--most", str(GIVEN_OUT_FIRST)),
    ),
)


def load_borough(run_command: RunCommand, office: Office) -> None:
    """Load everything into an empty database, saying each step as it is done."""
    _must_be_an_empty_demo(office)
    for step in STEPS:
        _set_clock(office, step.at)
        if step.said:
            print(f"  {step.said}", flush=True)
        with redirect_stdout(io.StringIO()):
            run_command(*step.command)
    for at, said, do in _what_happened(office):
        if said:
            print(f"  {said}", flush=True)
        _set_clock(office, at)
        do()
    _set_clock(office, BEGINS_AT)


def _what_happened(office: Office) -> list[tuple[datetime, str, Callable[[], None]]]:
    """Each audit that came back and each thing that people did, in the order of their days."""
    sent = returns.read(BOROUGH / "returns.yaml")
    came = [(each.at, "", partial(returns.send, each, office)) for each in sent]
    came[-1] = (came[-1][0], f"{len(sent) - HELD} audits returned, and one that is not whole and is held", came[-1][2])
    did = [(each.at, each.said, partial(_do, each, office)) for each in HAPPENINGS]
    return sorted([*came, *did], key=lambda each: each[0])


def _do(happening: Happening, office: Office) -> None:
    with office.record.writing() as session:
        happening.do(session, office)


def _must_be_an_empty_demo(office: Office) -> None:
    if not office.demo:
        msg = "This is not a demo, so no borough is loaded into it. A demo runs with DEMO=1."
        raise Refusal(msg)
    with office.record.reading() as session:
        people = find.people.count(session)
    if people:
        msg = (
            f"The borough is loaded into an empty database, and this one holds {people} people. Afresh: make demo-reset"
        )
        raise Refusal(msg)


def _set_clock(office: Office, instant: datetime) -> None:
    with office.record.writing() as session:
        clock.set_to(session, instant)
