"""Offices whose machine's clock is set by the test: one that stands, one that jumps; and a monotonic clock."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.office import Office
from tests.cast import NOW


@dataclass
class Machine:
    """`shift`: how far its clock is from the true time."""

    shift: timedelta = timedelta(0)
    ticked: float = 0.0

    def ticks(self) -> float:
        return self.ticked


@dataclass(frozen=True)
class OnMachine(Office):
    machine: Machine = field(default_factory=Machine)

    def real_now(self) -> datetime:
        return super().real_now() + self.machine.shift


def on_machine(office: Office) -> OnMachine:
    return OnMachine(office.record, office.rules, office.address, demo=office.demo)


@dataclass(frozen=True)
class Standing(Office):
    stands_at: datetime = NOW

    def real_now(self) -> datetime:
        return self.stands_at


def standing_at(office: Office, instant: datetime) -> Standing:
    """By this machine it is that instant."""
    return Standing(office.record, office.rules, office.address, demo=office.demo, stands_at=instant)
