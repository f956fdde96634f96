"""What a person may do with the outcome of an audit."""

from typing import TYPE_CHECKING

from programme.rights.standing import Standing
from programme.words import Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.actions import Action
    from programme.allocations import Allocation
    from programme.cases import Case
    from programme.outcomes import Outcome

LEARNS_FROM_ALL = frozenset({Role.HEAD_OF_QUALITY, Role.PRACTICE_LEARNING})


class OutcomeRights(Standing):
    """With an outcome."""

    def can_send_outcomes(self) -> bool:
        """Confirm with whom the child is now, and send: those who run the month."""
        return self.can_run_rounds()

    def can_see_outcomes(self) -> bool:
        """The page of a month's outcomes: those who send them, and who learns from all audits."""
        return self.can_send_outcomes() or self.can_see_who_was_helped()

    def can_acknowledge(self, outcome: "Outcome") -> bool:
        """Whoever was sent a copy."""
        return any(copy.person is self for copy in outcome.copies)

    def can_answer_outcome(self, outcome: "Outcome") -> bool:
        """Answer, or point out a mistake: the child's social worker and Team Manager as they are now."""
        return outcome.is_sent and self._works_with(outcome.allocation.case)

    def can_copy_out(self, outcome: "Outcome | None") -> bool:
        """The words for the child's own record: who writes in it."""
        return outcome is not None and self.can_answer_outcome(outcome)

    def can_see_who_was_helped(self) -> bool:
        """What a social worker said of an audit, with their name."""
        return bool(self.roles & LEARNS_FROM_ALL)

    def can_share_examples(self) -> bool:
        """Good practice, anonymised, with all auditors."""
        return bool(self.roles & LEARNS_FROM_ALL)

    def can_see_examples(self) -> bool:
        return self.is_auditor or self.can_see_round()

    def can_read_action_of(self, action: "Action", audit: "Allocation") -> bool:
        """On the audit's page: its auditor what they asked for, the child's team what somebody in the team has to do.

        What must be kept out of the team is owned outside it, so it is not among these.
        """
        case = audit.case
        in_team = self._works_with(case) or self.leads(case.team)
        return audit.holder is self or (in_team and action.owner.works_in(case.team))

    def _works_with(self, case: "Case") -> bool:
        manages = Role.TEAM_MANAGER in self.roles and self.works_in(case.team)
        return case.social_worker is self or manages
