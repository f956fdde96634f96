"""What every door is handed: the record, the rules, our address, and what time it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from programme.calendar import london
from programme.rulebook import Rulebook
from storage import clock
from storage.session import Record


@dataclass(frozen=True)
class Office:
    record: Record
    rules: Rulebook
    address: str
    """Where our pages are found, without a slash at the end."""
    demo: bool = False
    has_email: bool = False
    """Whether people can be written to by e-mail, and so may choose it."""

    def now(self, session: Session) -> datetime:
        """The time of the programme: in the demo, wherever its clock stands."""
        return (clock.stands_at(session) if self.demo else None) or self.real_now()

    def today(self, session: Session) -> date:
        return london(self.now(session)).date()

    def real_now(self) -> datetime:
        """The time of the machine, for leases, sign-in and signatures."""
        return datetime.now(UTC)

    def link(self, path: str) -> str:
        return f"{self.address}{path}"
