"""Several actions that go to another owner in one go: who may say so, who may have them, and what must not happen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from programme.actions import Action
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.words import AUDITING_ROLES, Role

MAY_OWN = (AUDITING_ROLES - {Role.AUDITOR}) | {Role.HEAD_OF_QUALITY, Role.DIRECTOR}


@dataclass(frozen=True)
class HandOver:
    """What is to be handed over and to whom, looked at before it is done."""

    actions: Sequence[Action]
    to: Person

    @property
    def owners(self) -> list[Person]:
        """Whose they are now, by name."""
        return sorted(dict.fromkeys(each.owner for each in self.actions), key=lambda who: who.name)


def may_own(person: Person, by: Person, *, on: date) -> bool:
    """Whom somebody may choose: managers in post; for a Head of Service those of the own service."""
    is_manager = bool(person.roles & MAY_OWN) and person.is_here_on(on)
    return is_manager and (by.can_run_rounds() or person is by or by.leads_person(person))


def must_be_possible(wanted: HandOver, *, by: Person, on: date, hidden_from_team: Collection[str]) -> None:
    """All of it or nothing. Of what the child's team must not hear, nobody in the team becomes the owner."""
    if not wanted.actions:
        raise Refusal("Tick the actions that go to somebody else.", field="ref")
    if not may_own(wanted.to, by, on=on):
        raise Refusal("Choose who takes them on from the list.", field="to")
    for action in wanted.actions:
        if not by.can_hand_over(action):
            raise NotAllowed("Those who run the month hand actions over, and Heads of Service in their own service.")
        if not action.is_open:
            msg = f"{action.ref} is not open any more. Take it off the list."
            raise Refusal(msg, field="ref")
        if action.owner is wanted.to:
            msg = f"{action.ref} is with {wanted.to.name} already. Take it off the list."
            raise Refusal(msg, field="ref")
        if action.ref in hidden_from_team and wanted.to.works_in(action.allocation.case.team):
            msg = f"{action.ref} cannot go to the child's own team. Choose somebody outside it."
            raise Refusal(msg, field="to")
