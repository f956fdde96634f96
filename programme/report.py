"""The month's report: drafted from the record, signed off, issued and then frozen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from programme.people import Person
from programme.rounds import Round
from programme.words import ReportState


@dataclass(eq=False)
class Report:
    """`figures` are frozen when it is issued; `gap` is the printed sentence where the account does not balance."""

    round: Round
    state: ReportState
    drafted_at: datetime
    signed_off_by: Person | None = None
    signed_off_at: datetime | None = None
    issued_by: Person | None = None
    issued_at: datetime | None = None
    gap: str = ""
    figures: dict[str, Any] | None = None
    version: int = 1
    id: int | None = None
