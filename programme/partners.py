"""Audits that a partner service made in a month: counted beside our own, never among them."""

from dataclasses import dataclass

from programme.people import Person


@dataclass(eq=False)
class PartnerTotal:
    month: str
    service: str
    audits: int
    entered_by: Person
    id: int | None = None
