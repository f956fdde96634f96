"""The people round one child's record: who owns what is to be done, and who hears of danger."""

from dataclasses import dataclass

from programme.people import Person
from programme.refusals import Refusal


@dataclass(frozen=True)
class Circle:
    """They are found anew for each decision: teams change."""

    team_manager: Person | None
    deputies: tuple[Person, ...]
    head_of_service: Person | None
    heads_of_quality: tuple[Person, ...]
    directors: tuple[Person, ...]
    administrators: tuple[Person, ...]

    @property
    def owner(self) -> Person:
        """The present Team Manager; where a team has none, the Head of Service, then the Head of Quality."""
        for person in (self.team_manager, self.head_of_service, *self.heads_of_quality):
            if person is not None:
                return person
        msg = "Nobody can own an action here: the team has no Team Manager, Head of Service or Head of Quality."
        raise Refusal(msg)

    @property
    def owner_outside_the_team(self) -> Person:
        """Who owns what the team must not hear of."""
        for person in (self.head_of_service, *self.heads_of_quality, *self.directors):
            if person is not None:
                return person
        msg = "Nobody outside the team can own this: there is no Head of Service, Head of Quality or Director."
        raise Refusal(msg)

    def told_of_danger(self, *, staff_conduct: bool) -> tuple[Person, ...]:
        """Everyone who must act; nobody in the team where the worry is about a member of staff."""
        near = (self.head_of_service, *self.heads_of_quality)
        whole = near if staff_conduct else (self.team_manager, *self.deputies, *near)
        return tuple(dict.fromkeys(person for person in whole if person is not None))
