"""What a person may do with an action for a child."""

from typing import TYPE_CHECKING

from programme.rights.standing import Standing
from programme.words import AUDITING_ROLES, Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.actions import Action


class ActionRights(Standing):
    """With an action."""

    def can_have_actions(self) -> bool:
        """Whether there may be any to show: to owners, deputies, Heads of Service and those who run the month."""
        return bool(self.roles & AUDITING_ROLES) or self.can_run_rounds()

    def can_confirm(self, action: "Action") -> bool:
        """Only its owner, or their deputy: nobody says for others that something was done for a child."""
        return action.owner is self or self.stands_in_for(action.owner)

    def can_see_action(self, action: "Action") -> bool:
        """The owner's Head of Service and those who run the month; who may confirm it, once it was sent."""
        heads = Role.HEAD_OF_SERVICE in self.roles and self.leads_person(action.owner)
        return (self.can_confirm(action) and action.sent_at is not None) or heads or self.can_run_rounds()
