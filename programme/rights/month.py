"""What a person may do in a month: run it, see it, arrange its swaps, read, sign off and issue its report."""

from typing import TYPE_CHECKING

from programme.rights.standing import RUNS_THE_MONTH, SEES_THE_ROUND, Standing
from programme.words import Competency, Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.allocations import Allocation
    from programme.cases import Case
    from programme.moderation_day import Invitation
    from programme.rounds import Round
    from programme.swaps import Swap


class MonthRights(Standing):
    """In a month."""

    def can_see_history(self) -> bool:
        """Who did what, and when, of everybody: those who run the month."""
        return self.can_run_rounds()

    def can_release_records(self) -> bool:
        """A restricted record, or one on hold, to a named auditor."""
        return Role.HEAD_OF_QUALITY in self.roles

    def can_say_beforehand(self, case: "Case") -> bool:
        """What they are proud of and what got in the way: the child's social worker and Team Manager."""
        return self in (case.social_worker, case.team_manager)

    def can_sign_off(self) -> bool:
        return bool(self.roles & {Role.LEADERSHIP, Role.DIRECTOR})

    def can_issue(self) -> bool:
        return Role.HEAD_OF_QUALITY in self.roles

    def can_see_tool(self) -> bool:
        """What is asked, and how it is judged: whoever may come to see a month's report, or an audit."""
        return self.can_see_round() or self.is_auditor or self.moderates or Role.SOCIAL_WORKER in self.roles

    def can_edit_tool(self) -> bool:
        return Role.HEAD_OF_QUALITY in self.roles

    def can_see_report(self, of: "Round", *, issued: bool) -> bool:
        """Those who see the month always; other auditors once it is issued, as past months are."""
        return self.can_see_round() or (self.is_auditor and (issued or of.imported))

    def can_see_in_the_appendix(self, case: "Case") -> bool:
        """Those who run or lead the month all; Heads of Service and Team Managers the children of their own line."""
        if self.roles & (RUNS_THE_MONTH | {Role.LEADERSHIP, Role.DIRECTOR}):
            return True
        return bool(self.roles & {Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER}) and self.leads(case.team)

    def can_open_moderation(self) -> bool:
        """Name the pairs, say when and where, note who was there, name somebody else: those who run the month."""
        return self.can_run_rounds()

    def can_follow_moderation(self) -> bool:
        """How the day goes: those who see the month."""
        return self.can_see_round()

    def can_answer_invitation(self, invitation: "Invitation") -> bool:
        """Coming or not: only who is asked."""
        return invitation.person is self

    def can_see_on_the_board(self, allocation: "Allocation") -> bool:
        """A Head of Service sees who holds what in the own service; those who run or lead the month see all."""
        if self.can_see_the_whole_board():
            return True
        holder = allocation.holder
        return Role.HEAD_OF_SERVICE in self.roles and holder is not None and self.leads_person(holder)

    def can_see_the_whole_board(self) -> bool:
        return bool(self.roles & (SEES_THE_ROUND - {Role.HEAD_OF_SERVICE}))

    def can_answer(self, swap: "Swap") -> bool:
        """Accept or decline: only who was asked."""
        return any(offer.peer is self for offer in swap.offers)

    def can_arrange_swaps(self) -> bool:
        """Make, approve or undo a swap for others: those who run the month."""
        return self.can_run_rounds()

    def can_see_swaps(self) -> bool:
        """The page of swaps: auditors what is theirs, and those who see the month."""
        return self.is_auditor or self.can_see_round()

    def can_see_swap(self, swap: "Swap") -> bool:
        """Among a month's: who sees the whole board all, a Head of Service those that own people asked for or took."""
        if self.can_see_the_whole_board():
            return True
        two = [swap.asker, *([swap.taker] if swap.taker else [])]
        return Role.HEAD_OF_SERVICE in self.roles and any(self.leads_person(each) for each in two)

    def can_undo(self, swap: "Swap") -> bool:
        """Who took the audit over, and those who arrange swaps."""
        return swap.taker is self or self.can_arrange_swaps()

    def can_take_one(self) -> bool:
        """'I can take one': any auditor who is not paused."""
        return self.is_auditor and self.competency is not Competency.PAUSED

    def can_move_the_demo_clock(self) -> bool:
        """Anyone may, in the demo; the pages and commands refuse it everywhere else."""
        return True
