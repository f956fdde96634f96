"""The people list as a file: read whole, checked against itself and against who is known, then taken in as one."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from programme.facts import Fact, PeopleImported
from programme.people import AuditGroup, Person, RoleHeld, Service, Team
from programme.refusals import Fault
from programme.rows import Cells, Row, refuse
from programme.words import Competency, Role

COLUMNS = (
    *("email", "name", "roles", "team", "service", "manager"),
    *("group", "competency", "moderates", "employment", "starts", "ends"),
)
OPTIONAL = ("knowledge", "service_from")
"""What a list may leave out: then it stays as it is."""

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


@dataclass(frozen=True)
class Entry:
    """One row of the list, read."""

    row: int
    email: str
    name: str
    roles: tuple[Role, ...]
    team: str
    service: str
    manager: str
    group: str
    competency: Competency | None
    moderates: bool
    employment: str
    starts: date | None
    ends: date | None
    knowledge: tuple[str, ...] | None = None
    service_from: date | None = None


@dataclass
class Roster:
    """Everybody and every place that is known, by name; new ones are added as a file names them."""

    people: dict[str, Person] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    groups: dict[str, AuditGroup] = field(default_factory=dict)

    def take_in(self, entries: Sequence[Entry], *, on: date) -> list[Fact]:
        """Add or change every person in the file, as of that day. Nobody who is missing from it is removed."""
        refuse(self._faults(entries))
        for entry in entries:
            self.people.setdefault(entry.email, Person(entry.email, entry.name))
        for entry in entries:
            self._write(entry, self.people[entry.email], on)
        return [PeopleImported(about="people", people=len(entries))]

    def changes(self, entries: Sequence[Entry]) -> list[str]:
        """What the file would change, a line for each person; empty for those who stay as they are."""
        return [line for entry in entries if (line := self._change(entry))]

    def _change(self, entry: Entry) -> str:
        person = self.people.get(entry.email)
        if person is None:
            return f"{entry.email}: new"
        before = {
            "name": person.name,
            "roles": ";".join(sorted(person.roles)),
            "team": person.team.name if person.team else "",
            "service": person.service.name if person.service else "",
            "manager": person.manager.email if person.manager else "",
            "group": person.group.name if person.group else "",
            "competency": person.competency if entry.competency else None,
            "moderates": person.moderates,
            "employment": person.employment,
            "starts": person.starts,
            "ends": person.ends if entry.ends else None,
        }
        if entry.knowledge is not None:
            before["knowledge"] = ";".join(person.knowledge)
        after = vars(entry) | {"knowledge": ";".join(entry.knowledge or ())} | {"roles": ";".join(sorted(entry.roles))}
        changed = [f"{name} {_said(was)} → {_said(after[name])}" for name, was in before.items() if was != after[name]]
        return f"{entry.email}: {', '.join(changed)}" if changed else ""

    def missing_from(self, entries: Sequence[Entry]) -> list[Person]:
        """Those on the list who are not in the file. Somebody should say whether they have moved on."""
        named = {entry.email for entry in entries}
        return [person for email, person in self.people.items() if email not in named and person.ends is None]

    def _write(self, entry: Entry, person: Person, on: date) -> None:
        person.name = entry.name
        person.joins(self._team(entry), since=on if person.team else entry.starts)
        person.service = self._service(entry)
        person.manager = self.people.get(entry.manager)
        person.group = self.groups.setdefault(entry.group, AuditGroup(entry.group)) if entry.group else None
        person.competency = person.competency or entry.competency  # what is said once changes by its own steps only
        person.moderates = entry.moderates
        person.employment = entry.employment
        person.starts = entry.starts
        person.ends = entry.ends or person.ends  # a list that knows of no last day takes none back
        if entry.knowledge is not None:
            person.knowledge = list(entry.knowledge)
        if person.service is not None and entry.service_from is not None:
            person.service.takes_part_from = entry.service_from
        keeps = [held for held in person.roles_held if held.role in entry.roles]
        person.roles_held = keeps + [RoleHeld(role) for role in entry.roles if role not in person.roles]

    def _service(self, entry: Entry) -> Service | None:
        return self.services.setdefault(entry.service, Service(entry.service)) if entry.service else None

    def _team(self, entry: Entry) -> Team | None:
        service = self._service(entry)
        if not entry.team or service is None:
            return None
        team = self.teams.setdefault(entry.team, Team(entry.team, service))
        team.service = service
        return team

    def _faults(self, entries: Sequence[Entry]) -> list[Fault]:
        known = {*self.people, *(entry.email for entry in entries)}
        services = self._services_that_stay(entries)
        faults = self._loops(entries)
        faults += self._skipping(entries)
        for entry in entries:
            if entry.manager and entry.manager not in known:
                faults.append(_fault(entry, "manager", f"'{entry.manager}' is neither in the file nor on the list."))
            if entry.team and services.setdefault(entry.team, entry.service) != entry.service:
                other = services[entry.team]
                faults.append(
                    _fault(entry, "service", f"puts {entry.team} in {entry.service}; others of it are in {other}.")
                )
        return faults

    def _skipping(self, entries: Sequence[Entry]) -> list[Fault]:
        """A list says where somebody stands once; after that it takes two evaluations and a sign-off."""
        stand = {entry: person.competency for entry in entries if (person := self.people.get(entry.email))}
        return [
            _fault(
                entry, "competency", f"{entry.name} is {now} here. That changes on the page Competency, not by a list."
            )
            for entry, now in stand.items()
            if now and entry.competency and entry.competency is not now
        ]

    def _loops(self, entries: Sequence[Entry]) -> list[Fault]:
        """Nobody manages their own manager, however many stand between."""
        manager_of = {email: person.manager.email for email, person in self.people.items() if person.manager}
        manager_of |= {entry.email: entry.manager for entry in entries}
        faults = []
        for entry in entries:
            chain, above = [entry.email], manager_of.get(entry.email)
            while above and above not in chain:
                chain.append(above)
                above = manager_of.get(above)
            if above == entry.email and above != entry.manager:
                faults.append(_fault(entry, "manager", f"goes round in a ring: {' → '.join([*chain, above])}."))
        return faults

    def _services_that_stay(self, entries: Sequence[Entry]) -> dict[str, str]:
        """The service of each team that has people whom the file does not name: it moves with all of them or not."""
        named = {entry.email for entry in entries}
        staying = [person.team for email, person in self.people.items() if email not in named and person.ends is None]
        return {team.name: team.service.name for team in staying if team is not None}


def read(rows: Sequence[Row]) -> list[Entry]:
    """Every row as an entry, or a refusal that names every fault in the file."""
    faults: list[Fault] = []
    entries = [_entry(row, faults) for row in rows]
    faults += _doubled(entries)
    refuse(faults)
    return entries


def _doubled(entries: Sequence[Entry]) -> list[Fault]:
    """Somebody has one row, and so one group."""
    counts = Counter(entry.email for entry in entries if entry.email)
    groups: dict[str, dict[str, None]] = {}
    for entry in entries:
        groups.setdefault(entry.email, {})[entry.group or "no group"] = None
    return [
        _fault(entry, "email", f"{entry.email} stands in the file {counts[entry.email]} times{_in_groups(said)}.")
        for entry in entries
        if counts[entry.email] > 1 and (said := groups[entry.email])
    ]


def _in_groups(groups: Collection[str]) -> str:
    return f", in {' and '.join(groups)}: a person is in one group" if len(groups) > 1 else ""


def _entry(row: Row, faults: list[Fault]) -> Entry:
    cells = Cells(row, faults)
    entry = Entry(
        row=row.number,
        email=_email(cells, "email", needed=True),
        name=cells.text("name", at_most=100, needed=True),
        roles=tuple(cells.words("roles", Role)),
        team=cells.text("team", at_most=100),
        service=cells.text("service", at_most=100),
        manager=_email(cells, "manager"),
        group=cells.text("group", at_most=100),
        competency=cells.word("competency", Competency),
        moderates=cells.yes("moderates"),
        employment=cells.text("employment", at_most=40),
        starts=cells.day("starts"),
        ends=cells.day("ends"),
        knowledge=_knowledge(cells),
        service_from=cells.day("service_from"),
    )
    if entry.team and not entry.service:
        cells.wrong("service", f"is empty. Say which service {entry.team} belongs to.")
    if entry.starts and entry.ends and entry.ends < entry.starts:
        cells.wrong("ends", "is before the day the person starts.")
    if entry.manager and entry.manager == entry.email:
        cells.wrong("manager", "is the person's own address.")
    return entry


def _knowledge(cells: Cells) -> tuple[str, ...] | None:
    """Areas such as 'court', separated by semicolons; none where the file has no such column."""
    if "knowledge" not in cells.row.cells:
        return None
    said = cells.text("knowledge", at_most=300).split(";")
    return tuple(dict.fromkeys(area.strip().lower() for area in said if area.strip()))


def _email(cells: Cells, column: str, *, needed: bool = False) -> str:
    said = cells.text(column, at_most=254, needed=needed).lower()
    if said and not EMAIL.fullmatch(said):
        cells.wrong(column, f"'{said}' is not an e-mail address.")
    return said


def _fault(entry: Entry, column: str, sentence: str) -> Fault:
    return Fault(f"Row {entry.row}, {column}", sentence)


def _said(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value or "none")
