"""The actions on the page where a pair agrees: a row for each, and rows for more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from programme.actions import Action
from programme.refusals import Fault
from programme.rulebook import Rulebook
from programme.settling import Settled, default_day, to_settle
from programme.words import Priority

MORE_AT_MOST = 5
PARTS = ("step", "measure", "priority", "due.day", "due.month", "due.year")
DAY = ("due.year", "due.month", "due.day")
PRIORITIES = {
    Priority.IMMEDIATE.value: "Immediate: within 24 hours",
    Priority.URGENT.value: "Urgent: a risk, or a legal timescale",
    Priority.STANDARD.value: "Standard: by the next supervision",
    Priority.PLANNED.value: "Planned: by a review, core group or conference",
}


def filled(had: Sequence[Action], *, at: datetime, rules: Rulebook) -> dict[str, str]:
    """How the rows begin: as the auditor wrote them, and with a date proposed where none was named."""
    said: dict[str, str] = {}
    for action in to_settle(had):
        waits = action.sent_at is None
        day = action.named_on or (default_day(action.priority, at=at, rules=rules) if waits else None)
        said |= {f"{action.ref}.step": action.step, f"{action.ref}.measure": action.measure}
        said[f"{action.ref}.priority"] = action.priority.value
        said |= _in_parts(action.ref, day) if day else {}
    return said


def _in_parts(row: str, day: date) -> dict[str, str]:
    return {f"{row}.due.day": str(day.day), f"{row}.due.month": str(day.month), f"{row}.due.year": str(day.year)}


def packed(said: Mapping[str, str]) -> dict[str, str]:
    """The rows for more without empty ones between them, so that a fault stands beside the row it is of."""
    others = {name: value for name, value in said.items() if not name.startswith("new_")}
    rows = [{part: said.get(f"new_{n}.{part}", "") for part in PARTS} for n in range(1, MORE_AT_MOST + 1)]
    written = [row for row in rows if any(row.values())]
    return others | {f"new_{n}.{part}": words for n, row in enumerate(written, 1) for part, words in row.items()}


def more_rows(said: Mapping[str, str], *, one_more: bool) -> list[str]:
    """The names of the rows for more: those that are written, and an empty one where it is asked for."""
    written = [f"new_{n}" for n in range(1, MORE_AT_MOST + 1) if f"new_{n}.step" in said]
    return [*written, f"new_{len(written) + 1}"][:MORE_AT_MOST] if one_more or not written else written


def settled(said: Mapping[str, str], had: Sequence[Action]) -> list[Settled]:
    """What the rows say. An action that has no row on the page is left as it is."""
    own = [each.ref for each in to_settle(had) if f"{each.ref}.step" in said]
    more = [row for row in more_rows(said, one_more=False) if f"{row}.step" in said]
    return [*(_row(said, ref, ref) for ref in own), *(_row(said, row, "") for row in more)]


def _row(said: Mapping[str, str], row: str, ref: str) -> Settled:
    priority = said.get(f"{row}.priority", "")
    return Settled(
        ref,
        said.get(f"{row}.step", ""),
        said.get(f"{row}.measure", ""),
        Priority(priority) if priority in PRIORITIES else None,
        _day(said, row),
        taken_back=said.get(f"{row}.taken_back") == "yes",
        because=said.get(f"{row}.because", ""),
    )


def unread(said: Mapping[str, str], had: Sequence[Action]) -> Iterator[Fault]:
    """Days that were typed and are none."""
    for row in [*(each.ref for each in to_settle(had)), *more_rows(said, one_more=False)]:
        if any(said.get(f"{row}.{part}") for part in DAY) and _day(said, row) is None:
            yield Fault(f"{row}.due", "This is no date. Write it like 27 3 2018.")


def _day(said: Mapping[str, str], row: str) -> date | None:
    year, month, day = (said.get(f"{row}.{part}", "") for part in DAY)
    if not all(each.isascii() and each.isdigit() for each in (year, month, day)):
        return None
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
