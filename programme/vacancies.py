"""A place that somebody left and nobody has taken yet."""

from dataclasses import dataclass
from datetime import date

from programme.people import AuditGroup, Person, Service, Team


@dataclass(eq=False)
class Vacancy:
    left: Person
    since: date
    group: AuditGroup | None = None
    service: Service | None = None
    team: Team | None = None
    asked_on: date | None = None
    filled_by: Person | None = None
    filled_on: date | None = None
    id: int | None = None
