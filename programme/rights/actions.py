"""What a person may do with an action for a child."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from programme.rights.standing import Standing
from programme.words import AUDITING_ROLES, Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.actions import Action
    from programme.checking import Check
    from programme.passing_on import Passing
    from programme.people import Person


class ActionRights(Standing):
    """With an action."""

    def can_have_actions(self) -> bool:
        """Whether there may be any to show: to owners, deputies, Heads of Service and those who run the month."""
        return bool(self.roles & AUDITING_ROLES) or self.can_run_rounds()

    def can_confirm(self, action: "Action", on: date | None = None) -> bool:
        """Only its owner, or their deputy: nobody says for others that something was done for a child.

        A deputy is the Deputy Team Manager of the owner's team, or who was named to stand in on that day (`on`; of the
        owner's deputies nothing need be known where no day is asked about).
        """
        return action.owner is self or self.stands_in_for(action.owner) or self.is_named_for(action, on)

    def is_named_for(self, action: "Action", on: date | None) -> bool:
        """Named to stand in for its owner that day. Of what is kept from the child's team nobody in it is told."""
        if on is None or (self.works_in(action.allocation.case.team) and not self.works_in(action.owner.team)):
            return False
        return any(each.deputy is self and each.first_day <= on <= each.last_day for each in action.owner.deputies)

    def can_see_action(self, action: "Action", on: date | None = None) -> bool:
        """The owner's Head of Service and those who run the month; once it was sent, who may confirm it and the child's
        social worker.
        """
        heads = Role.HEAD_OF_SERVICE in self.roles and self.leads_person(action.owner)
        near = self.can_confirm(action, on) or self.is_near_the_child_of(action)
        return (near and action.sent_at is not None) or heads or self.can_run_rounds()

    def is_near_the_child_of(self, action: "Action") -> bool:
        """The child's social worker, while it is their own team's."""
        case = action.allocation.case
        return case.social_worker is self and action.owner.works_in(case.team)

    def can_decide_on_action(self, action: "Action") -> bool:
        """On more time and on whose it is: the owner's Head of Service; the Head of Quality, also where that is one."""
        if action.owner is self:
            return False
        heads = Role.HEAD_OF_SERVICE in self.roles and Role.HEAD_OF_SERVICE not in action.owner.roles
        return (heads and self.leads_person(action.owner)) or Role.HEAD_OF_QUALITY in self.roles

    def can_accept_action(self, passing: "Passing") -> bool:
        """'Belongs to someone else': only who was named says yes or no to it."""
        return passing.named is self

    def can_settle(self, action: "Action", moderators: "Collection[Person]") -> bool:
        """Change, withdraw or let stand: who moderated its audit, or the Head of Quality; never its own owner."""
        return action.owner is not self and (self in moderators or Role.HEAD_OF_QUALITY in self.roles)

    def can_check(self, check: "Check") -> bool:
        """Only who was asked, while nothing ties them to whose work it is."""
        return check.checker is self and not self.is_too_near_to_check(check.action, check.confirmed_by)

    def is_too_near_to_check(self, action: "Action", confirmed_by: "Person") -> bool:
        """Nobody checks their own, nor what is done in their own service, nor in the child's."""
        team = action.allocation.case.team
        services = [action.owner.own_service, confirmed_by.own_service, team.service if team else None]
        return self in (action.owner, confirmed_by) or (self.own_service is not None and self.own_service in services)

    def can_hand_actions_over(self) -> bool:
        """Give several to another owner at once: those who run the month, and Heads of Service."""
        return self.can_run_rounds() or Role.HEAD_OF_SERVICE in self.roles

    def can_hand_over(self, action: "Action") -> bool:
        """A Head of Service what those of the own service own; those who run the month any."""
        return self.can_run_rounds() or (Role.HEAD_OF_SERVICE in self.roles and self.leads_person(action.owner))
