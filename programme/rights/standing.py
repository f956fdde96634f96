"""How a person stands to others: what they lead, where they work, for whom they stand in."""

from typing import TYPE_CHECKING

from programme.words import AUDITING_ROLES, Competency, Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.people import Person, Service, Team

RUNS_THE_MONTH = frozenset({Role.ADMINISTRATOR, Role.HEAD_OF_QUALITY})
SEES_THE_ROUND = RUNS_THE_MONTH | {
    Role.PRACTICE_LEARNING,
    Role.LEADERSHIP,
    Role.DIRECTOR,
    Role.HEAD_OF_SERVICE,
}


class Standing:
    """To others, teams and services."""

    if TYPE_CHECKING:  # what the questions below ask of a person, who has it
        email: str
        team: "Team | None"
        service: "Service | None"
        manager: "Person | None"
        competency: Competency | None
        moderates: bool

        @property
        def roles(self) -> frozenset[Role]: ...
        @property
        def is_auditor(self) -> bool: ...

    def leads(self, team: "Team | None") -> bool:
        """Own line: the own team of a manager or deputy, every team of the own service of a Head of Service."""
        if team is not None and Role.HEAD_OF_SERVICE in self.roles and self.service is not None:
            return team.service is self.service
        return self.works_in(team) and bool(self.roles & AUDITING_ROLES)

    def works_in(self, team: "Team | None") -> bool:
        return team is not None and self.team is team

    @property
    def own_service(self) -> "Service | None":
        """The service a person works for, whether through a team or directly."""
        return self.service or (self.team.service if self.team else None)

    def works_for(self, service: "Service | None") -> bool:
        return service is not None and self.own_service is service

    def leads_person(self, person: "Person") -> bool:
        """Of the own service."""
        return person.works_for(self.service)

    def stands_in_for(self, person: "Person") -> bool:
        """A Deputy Team Manager for the Team Manager of the own team."""
        deputises = Role.DEPUTY_TEAM_MANAGER in self.roles and Role.TEAM_MANAGER in person.roles
        return deputises and self.works_in(person.team)

    def can_run_rounds(self) -> bool:
        """Open, sample, allocate, give out and import: the administrator and the Head of Quality."""
        return bool(self.roles & RUNS_THE_MONTH)

    def can_see_round(self) -> bool:
        return bool(self.roles & SEES_THE_ROUND)
