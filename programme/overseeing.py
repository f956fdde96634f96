"""What whoever oversees actions asks for, and how old actions are: filters, the bands of age, the counts on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar

from programme.actions import Action
from programme.calendar import Calendar, london
from programme.refusals import Refusal
from programme.words import ActionState, Priority

Found = TypeVar("Found")


class Shown(StrEnum):
    """Which actions: by how they stand, or all of them."""

    OPEN = "open"
    OVERDUE = "overdue"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CHECKED = "checked"
    WITHDRAWN = "withdrawn"
    ALL = "all"


SHOWN_LABELS: Mapping[Shown, str] = {
    Shown.OPEN: "Open",
    Shown.OVERDUE: "Overdue",
    Shown.WAITING: "Waiting for the outcome",
    Shown.CONFIRMED: "Confirmed",
    Shown.CHECKED: "Checked",
    Shown.WITHDRAWN: "Withdrawn",
    Shown.ALL: "All",
}

STATE_LABELS: Mapping[ActionState, str] = {
    ActionState.WAITING: "Waiting for the outcome",
    ActionState.SENT: "Sent",
    ActionState.ACKNOWLEDGED: "Acknowledged",
    ActionState.CONFIRMED: "Confirmed",
    ActionState.CHECKED: "Checked",
    ActionState.WITHDRAWN: "Withdrawn",
}


class Band(NamedTuple):
    """So many working days, the first and the last of them counted; without a last one there is no end."""

    key: str
    label: str
    first: int
    last: int | None

    def days(self, today: date, calendar: Calendar) -> tuple[date | None, date | None]:
        """The days that lie so many working days back: on or after the first of the two, and before the second."""
        begins = calendar.after(today, -self.last) if self.last is not None else None
        ends = calendar.after(today, 1 - self.first) if self.first else None
        return begins, ends


BANDS: Sequence[Band] = (
    Band("0-5", "Up to 5 working days", 0, 5),
    Band("6-10", "6 to 10", 6, 10),
    Band("11-20", "11 to 20", 11, 20),
    Band("21", "Over 20", 21, None),
)
"""An action is in one of them by when it was sent, and where it is overdue in one by how long."""


@dataclass(frozen=True)
class Wanted:
    """The filters; each that is empty lets everything through. `owner` is an address; `open_for` and `late_for` are
    bands.
    """

    shown: Shown = Shown.OPEN
    service: str = ""
    team: str = ""
    owner: str = ""
    priority: Priority | None = None
    open_for: Band | None = None
    late_for: Band | None = None

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Wanted":
        """As typed into the filters; a word that is none of theirs is refused under its field."""
        bands = {band.key: band for band in BANDS}
        return cls(
            shown=_one_of(said, "state", {each.value: each for each in Shown}) or Shown.OPEN,
            service=said.get("service", ""),
            team=said.get("team", ""),
            owner=said.get("owner", "").lower(),
            priority=_one_of(said, "priority", {each.value: each for each in Priority}),
            open_for=_one_of(said, "open_for", bands),
            late_for=_one_of(said, "late_for", bands),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but how they stand is asked for."""
        return self != Wanted(shown=self.shown)

    def said(self) -> dict[str, str]:
        """The same as words for an address, without what says nothing."""
        all_of_it = {
            "state": "" if self.shown is Shown.OPEN else self.shown.value,
            "service": self.service,
            "team": self.team,
            "owner": self.owner,
            "priority": self.priority.value if self.priority else "",
            "open_for": self.open_for.key if self.open_for else "",
            "late_for": self.late_for.key if self.late_for else "",
        }
        return {name: words for name, words in all_of_it.items() if words}


def _one_of(said: Mapping[str, str], name: str, known: Mapping[str, Found]) -> Found | None:
    words = said.get(name, "")
    if words and words not in known:
        msg = f"'{words}' is not one of these: {', '.join(known)}."
        raise Refusal(msg, field=name)
    return known.get(words)


@dataclass(frozen=True)
class Counts:
    """How many there are of each, of what the other filters let through; `open_for` and `late_for` in the order of the
    bands.
    """

    by_state: Mapping[Shown, int]
    pressing: int
    """Immediate or urgent, and open."""
    open_for: Sequence[int]
    late_for: Sequence[int]


COLUMNS = (
    *("ref", "case", "team", "service", "priority", "state", "owner"),
    *("sent", "first_due", "due", "done", "open_for", "late"),
)
"""Of a list that leaves these pages, in their order; the last two are working days."""


def as_row(action: Action, *, at: datetime, calendar: Calendar) -> dict[str, str | int | date | None]:
    """One action in a list that leaves these pages: references, owner and days, nothing of what it asks."""
    today, team = london(at).date(), action.allocation.case.team
    is_sent = action.is_open and action.sent_at is not None
    sent_on = london(action.sent_at).date() if action.sent_at else None
    return {
        "ref": action.ref,
        "case": action.allocation.case.ref,
        "team": team.name if team else None,
        "service": team.service.name if team else None,
        "priority": action.priority.value,
        "state": action.state.value,
        "owner": action.owner.email,
        "sent": sent_on,
        "first_due": action.first_due_on,
        "due": action.due_on,
        "done": action.done_on,
        "open_for": working_days_since(sent_on, today, calendar) if is_sent and sent_on else None,
        "late": working_days_since(action.due_on, today, calendar) if action.is_overdue(at=at) else None,
    }


def working_days_since(day: date, today: date, calendar: Calendar) -> int:
    """How many working days lie after this one, today counted."""
    return len(calendar.working_days_between(day + timedelta(days=1), today))
