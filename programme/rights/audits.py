"""What a person may do with one audit: return it, moderate it, read it, take in hand what it raised."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from programme.rights.standing import Standing
from programme.words import Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.allocations import Allocation
    from programme.moderation import Moderation
    from programme.outcomes import Outcome
    from programme.people import Person
    from programme.submissions import Submission


class AuditRights(Standing):
    """With an audit."""

    def can_return(self, allocation: "Allocation") -> bool:
        """Fill in the form, or say why not: only the holder."""
        return allocation.holder is self

    def can_give_more_time(self, allocation: "Allocation") -> bool:
        """Beyond the auditor's own first time: their Head of Service or manager, and those who run the month."""
        holder = allocation.holder
        if holder is None or holder is self:
            return False
        leads = Role.HEAD_OF_SERVICE in self.roles and self.leads_person(holder)
        return leads or holder.manager is self or self.can_run_rounds()

    def can_give_reason_for(self, allocation: "Allocation") -> bool:
        """Why it cannot be done, or is late: its holder, and for them who may give them more time."""
        return self.can_return(allocation) or self.can_give_more_time(allocation)

    def can_moderate(self, allocation: "Allocation") -> bool:
        """Never the own audit, nor a child of the own team or line, nor one they had a part in."""
        case = allocation.case
        has_a_part = self in (allocation.holder, case.social_worker, case.team_manager)
        return self.moderates and not has_a_part and not self.works_in(case.team) and not self.leads(case.team)

    def can_see_audit(
        self, allocation: "Allocation", moderation: "Moderation | None", outcome: "Outcome | None" = None
    ) -> bool:
        """Its holder, those who run the month and the child's Head of Service; the child's team once it was sent out.

        A moderator sees it when both of the pair have judged alone, and not before, whatever else they are.
        """
        mine = next((each for each in moderation.readings if each.moderator is self), None) if moderation else None
        if moderation is not None and mine is not None and not (moderation.all_have_read or moderation.is_agreed):
            return False
        case = allocation.case
        leads = Role.HEAD_OF_SERVICE in self.roles and self.leads(case.team)
        decided = moderation is not None and moderation.agreed_by is self
        if mine is not None or decided or allocation.holder is self or self.can_run_rounds() or leads:
            return True
        near = self.leads(case.team) or case.social_worker is self
        return near and outcome is not None and outcome.is_sent

    def can_see_how_it_was_marked(self, allocation: "Allocation", moderation: "Moderation") -> bool:
        """The marks and the note are for the auditor's learning: theirs, the pair's and the Head of Quality's."""
        in_pair = any(each.moderator is self for each in moderation.readings)
        near = allocation.holder is self or in_pair or Role.HEAD_OF_QUALITY in self.roles
        return near and moderation.is_agreed

    def can_decide_moderation(self, deciders: Collection["Person"]) -> bool:
        """Where a pair does not agree: whoever `disagreeing.who_decides` names."""
        return self in deciders

    def can_decide_on_held(self) -> bool:
        """Match, ask, accept with a reason or discard what is held: those who run the month."""
        return self.can_run_rounds()

    def can_see_held(self, submission: "Submission") -> bool:
        """Who may decide, and who sent it, while the audit is theirs."""
        still_theirs = submission.allocation is None or self.can_return(submission.allocation)
        return (submission.is_from(self) and still_theirs) or self.can_decide_on_held()
