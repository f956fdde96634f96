"""Past months as a file (YAML, parsed), taken in as history so that trends begin with it.

A past month has no holders and keeps its own reasons; what its source does not say stays unsaid, never 0.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from programme.allocations import Allocation
from programme.calendar import MONTH
from programme.cases import CASE_REFERENCE, Case
from programme.facts import Fact, MonthImported
from programme.refusals import Fault
from programme.returns import Judgement, OutcomeSeen, Return
from programme.rounds import LONGEST_THEME, Round
from programme.rows import refuse
from programme.words import RETURNED, AllocationState, Grade, RoundState

STATUSES = {
    "returned_in_time": AllocationState.RETURNED_IN_TIME,
    "returned_late": AllocationState.RETURNED_LATE,
    "not_completed": AllocationState.NOT_RETURNED,
    "swapped_out": AllocationState.SWAPPED_OUT,
    "withdrawn": AllocationState.WITHDRAWN,
    "unaccounted": AllocationState.UNACCOUNTED,
}
PASSED_ON = frozenset({AllocationState.SWAPPED_OUT, AllocationState.WITHDRAWN})
LONGEST_REASON = 60
LONGEST_TAG = 60
LONGEST_KEY = 100


@dataclass(frozen=True)
class PastMonth:
    """One month of history: the round, and each row as an allocation with its return where there is one."""

    round: Round
    rows: tuple[tuple[Allocation, Return | None], ...]

    def facts(self) -> list[Fact]:
        return [MonthImported(about=self.round.month, rows=len(self.rows))]


@dataclass
class Reading:
    """One pass over a file: the cases already known, and the faults found."""

    cases: dict[str, Case]
    known_months: frozenset[str]
    faults: list[Fault] = field(default_factory=list)


def read(file: Mapping[str, Any], *, cases: Mapping[str, Case], known_months: frozenset[str]) -> list[PastMonth]:
    """Every month in a parsed file, or a refusal that names everything wrong with it."""
    refuse(_misshapen(file))
    reading = Reading(dict(cases), known_months)
    months = [_month(each, reading) for each in file["months"]]
    refuse(reading.faults)
    return [month for month in months if month is not None]


def case_refs(file: Mapping[str, Any]) -> list[str]:
    """The references the file names, to be looked up before it is read."""
    refuse(_misshapen(file))
    return [str(row.get("case", "")) for month in file["months"] for row in month.get("raw_returns") or []]


def _misshapen(file: Mapping[str, Any]) -> list[Fault]:
    """Where there is not a list or a table but something else: nothing further can be read from it."""
    months = file.get("months")
    if not isinstance(months, list) or not months:
        return [Fault("months", "is missing. The file holds a list of months under this name.")]
    faults = []
    for number, month in enumerate(months, start=1):
        faults += _of_kinds(f"month {number}", month, {"raw_returns": list, "areas": dict})
        if faults:
            continue
        areas = month.get("areas") or {}
        faults += _of_kinds(f"month {number}, areas", areas, dict.fromkeys(areas, list))
        for count, row in enumerate(month.get("raw_returns") or [], start=1):
            faults += _of_kinds(f"month {number}, row {count}", row, {"judgements": dict, "outcomes": list})
    return faults


def _of_kinds(where: str, given: object, kinds: Mapping[str, type]) -> list[Fault]:
    if not isinstance(given, dict):
        return [Fault(where, "is not a set of names and values.")]
    called = {"list": "a list", "dict": "a set of names and values"}
    wrong = {name: kind for name, kind in kinds.items() if not isinstance(given.get(name), kind | None)}
    return [Fault(f"{where}, {name}", f"is not {called[kind.__name__]}.") for name, kind in wrong.items()]


def _month(given: Mapping[str, Any], reading: Reading) -> PastMonth | None:
    month = str(given.get("month", ""))
    if not MONTH.fullmatch(month):
        reading.faults.append(Fault(f"month '{month}'", "is not a month. Write it as 2017-08."))
        return None
    if month in reading.known_months:
        reading.faults.append(Fault(month, "is on record already, or stands in the file twice."))
    reading.known_months |= {month}
    if given.get("rows") not in {"all", "returned_only"}:
        reading.faults.append(Fault(f"{month}, rows", "must say 'all' or 'returned_only'."))
    past = Round(
        month=month,
        theme=str(given.get("theme", "")),
        state=RoundState.CLOSED,
        areas={str(area): [str(key) for key in keys or []] for area, keys in (given.get("areas") or {}).items()},
        imported=True,
        returned_only=given.get("rows") == "returned_only",
    )
    if len(past.theme) > LONGEST_THEME:
        reading.faults.append(Fault(f"{month}, theme", f"is longer than {LONGEST_THEME} characters."))
    given_rows = enumerate(given.get("raw_returns") or [], start=1)
    rows = tuple(_row(past, number, row, reading) for number, row in given_rows)
    reading.faults += _doubled(month, rows)
    return PastMonth(past, rows)


def _doubled(month: str, rows: Sequence[tuple[Allocation, Return | None]]) -> list[Fault]:
    """A child's record is audited once a month; one that was swapped out or withdrawn may stand there again."""
    counts = Counter(allocation.case.ref for allocation, _ in rows if allocation.state not in PASSED_ON)
    return [Fault(f"{month}, {ref}", f"stands in the month {n} times.") for ref, n in counts.items() if n > 1]


def _row(past: Round, number: int, given: Mapping[str, Any], reading: Reading) -> tuple[Allocation, Return | None]:
    where = f"{past.month}, row {number} ({given.get('case', 'no case')})"
    status = str(given.get("status", ""))
    if status not in STATUSES:
        reading.faults.append(Fault(f"{where}, status", f"'{status}' is not one of {', '.join(STATUSES)}."))
    reason = given.get("reason")
    if reason is not None and len(str(reason)) > LONGEST_REASON:
        reading.faults.append(Fault(f"{where}, reason", f"is longer than {LONGEST_REASON} characters."))
    allocation = Allocation(
        ref=f"AUD-{past.month}-{number:02d}",
        round=past,
        case=_case(where, given, reading),
        state=STATUSES.get(status, AllocationState.UNACCOUNTED),
        reason=None if reason is None else str(reason),
        imported=True,
    )
    return allocation, _return(where, allocation, given, reading) if allocation.state in RETURNED else None


def _case(where: str, given: Mapping[str, Any], reading: Reading) -> Case:
    ref = str(given.get("case", ""))
    if not isinstance(given.get("case", ""), str):
        reading.faults.append(
            Fault(f"{where}, case", "is read as a number. Put it in quotes, so that no zero is lost.")
        )
    elif not CASE_REFERENCE.fullmatch(ref):
        reading.faults.append(
            Fault(f"{where}, case", f"'{ref}' is not a case reference: 3 to 20 of A-Z, 0-9, - and /.")
        )
    return reading.cases.setdefault(ref, Case(ref=ref, team=None, plan_type="", age_band=""))


def _return(where: str, allocation: Allocation, given: Mapping[str, Any], reading: Reading) -> Return:
    unsafe = given.get("child_unsafe")
    if unsafe is not None and not isinstance(unsafe, bool):
        reading.faults.append(Fault(f"{where}, child_unsafe", "must be true, false or null."))
    judged: Mapping[str, Any] = given.get("judgements") or {}
    outcomes: Sequence[Any] = given.get("outcomes") or []
    reading.faults += _too_long(f"{where}, judgements", judged, LONGEST_KEY)
    reading.faults += _too_long(f"{where}, outcomes", outcomes, LONGEST_TAG)
    return Return(
        allocation=allocation,
        received_at=None,
        overall=_grade(f"{where}, auditor_grade", given.get("auditor_grade"), reading),
        agreed=_grade(f"{where}, moderated_grade", given.get("moderated_grade"), reading),
        child_unsafe=unsafe,
        judgements=[Judgement(str(key), _grade(f"{where}, {key}", said, reading)) for key, said in judged.items()],
        outcomes=[OutcomeSeen(str(tag)) for tag in dict.fromkeys(outcomes)],
    )


def _too_long(where: str, names: Iterable[Any], at_most: int) -> list[Fault]:
    return [
        Fault(where, f"'{name}' is longer than {at_most} characters.") for name in names if len(str(name)) > at_most
    ]


def _grade(where: str, said: object, reading: Reading) -> Grade | None:
    """A grade as YAML brings it: 1, 1.5, 'na', or null for blank."""
    if said is None:
        return None
    written = f"{said:g}" if isinstance(said, int | float) and not isinstance(said, bool) else str(said)
    try:
        return Grade(written)
    except ValueError:
        reading.faults.append(Fault(where, f"'{said}' is not a judgement."))
        return None
