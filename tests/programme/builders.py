"""Small makers of plain objects, for tests of rules that need no database."""

from datetime import date

from programme.cases import Case
from programme.people import AuditGroup, Person, RoleHeld, Service, Team
from programme.rows import Row
from programme.words import Competency, Role


def person(
    name: str,
    *roles: Role,
    team: Team | None = None,
    service: Service | None = None,
    manager: Person | None = None,
    group: AuditGroup | None = None,
    competency: Competency | None = None,
) -> Person:
    return Person(
        email=f"{name.lower()}@example.org",
        name=name,
        roles_held=[RoleHeld(role) for role in roles],
        team=team,
        service=service or (team.service if team else None),
        manager=manager,
        group=group,
        competency=competency,
    )


def case(
    ref: str = "MDW-0417",
    team: Team | None = None,
    *,
    social_worker: Person | None = None,
    team_manager: Person | None = None,
    restricted: bool = False,
    hold: bool = False,
    closed: date | None = None,
) -> Case:
    return Case(
        ref,
        team,
        plan_type="Child in Need",
        age_band="5-9",
        social_worker=social_worker,
        team_manager=team_manager,
        restricted=restricted,
        hold=hold,
        closed=closed,
    )


def rows(heading: str, *lines: str) -> list[Row]:
    """Rows as a file's reader hands them on: cells separated by | here, the heading being row 1."""
    names = [name.strip() for name in heading.split("|")]
    return [
        Row(number, dict(zip(names, [cell.strip() for cell in line.split("|")], strict=True)))
        for number, line in enumerate(lines, start=2)
    ]
