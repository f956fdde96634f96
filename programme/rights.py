"""Everything a person may do: every `can_…` stands on this page, with what they lead and where they work as it asks."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from programme.words import AUDITING_ROLES, Competency, Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.absences import Absence
    from programme.actions import Action
    from programme.allocations import Allocation
    from programme.cases import Case
    from programme.moderation import Moderation
    from programme.notices import Notice
    from programme.people import Person, Service, Team
    from programme.roll_check import RollCheck
    from programme.rounds import Round
    from programme.submissions import Submission
    from programme.swaps import Swap

RUNS_THE_MONTH = frozenset({Role.ADMINISTRATOR, Role.HEAD_OF_QUALITY})
SEES_THE_ROUND = RUNS_THE_MONTH | {
    Role.PRACTICE_LEARNING,
    Role.LEADERSHIP,
    Role.DIRECTOR,
    Role.HEAD_OF_SERVICE,
}


class Rights:
    """What a person may do, by their roles and by how they stand to what it is about."""

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

    def can_run_rounds(self) -> bool:
        """Open, sample, allocate, give out and import: the administrator and the Head of Quality."""
        return bool(self.roles & RUNS_THE_MONTH)

    def can_see_history(self) -> bool:
        """Who did what, and when, of everybody: those who run the month."""
        return self.can_run_rounds()

    def can_match_accounts(self) -> bool:
        """Say which Slack account is whose: those who run the month."""
        return self.can_run_rounds()

    def can_choose_how_to_reach(self, person: "Person") -> bool:
        """By e-mail rather than in chat: themselves, and for them those who run the month."""
        return person is self or self.can_run_rounds()

    def can_record_absence_of(self, person: "Person") -> bool:
        """One's own, one's people's, the own service's, and anybody's for those who run the month."""
        return person is self or person.manager is self or self.can_record_leaving_of(person)

    def can_record_leaving_of(self, person: "Person") -> bool:
        """Who has moved on: their Head of Service, and those who run the month."""
        return self.can_run_rounds() or (Role.HEAD_OF_SERVICE in self.roles and self.leads_person(person))

    def can_see_people(self) -> bool:
        """The page of people, of whom each sees their own: those who run the month, or who lead others."""
        return self.can_run_rounds() or bool(self.roles & {Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER})

    def can_see_kind_of(self, absence: "Absence") -> bool:
        """Health data: the person, their line manager and who wrote it down."""
        return self in (absence.person, absence.person.manager, absence.recorded_by)

    def can_see_person(self, person: "Person") -> bool:
        """On the people page: oneself, one's people, the own service, and everybody for those who run the month."""
        return self.can_record_absence_of(person)

    def can_declare_for(self, person: "Person") -> bool:
        """What ties somebody to a child, and who stands in for them: themselves, and those who run the month."""
        return person is self or self.can_run_rounds()

    def can_keep_people_apart(self) -> bool:
        return self.can_run_rounds()

    def can_release_records(self) -> bool:
        """A restricted record, or one on hold, to a named auditor."""
        return Role.HEAD_OF_QUALITY in self.roles

    def can_say_beforehand(self, case: "Case") -> bool:
        """What they are proud of and what got in the way: the child's social worker and Team Manager."""
        return self in (case.social_worker, case.team_manager)

    def can_see_round(self) -> bool:
        return bool(self.roles & SEES_THE_ROUND)

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

    def can_see_on_the_board(self, allocation: "Allocation") -> bool:
        """A Head of Service sees who holds what in the own service; those who run or lead the month see all."""
        if self.can_see_the_whole_board():
            return True
        holder = allocation.holder
        return Role.HEAD_OF_SERVICE in self.roles and holder is not None and self.leads_person(holder)

    def can_see_the_whole_board(self) -> bool:
        return bool(self.roles & (SEES_THE_ROUND - {Role.HEAD_OF_SERVICE}))

    @property
    def own_service(self) -> "Service | None":
        """The service a person works for, whether through a team or directly."""
        return self.service or (self.team.service if self.team else None)

    def works_for(self, service: "Service | None") -> bool:
        return service is not None and self.own_service is service

    def leads_person(self, person: "Person") -> bool:
        """Of the own service."""
        return person.works_for(self.service)

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

    def can_see_audit(self, allocation: "Allocation", moderation: "Moderation | None") -> bool:
        """Its holder, those who run the month and the child's Head of Service; the child's team once it is moderated.

        A moderator sees it when they have judged alone, and not before, whatever else they are.
        """
        mine = next((each for each in moderation.readings if each.moderator is self), None) if moderation else None
        if mine is not None and mine.read_at is None:
            return False
        case = allocation.case
        leads = Role.HEAD_OF_SERVICE in self.roles and self.leads(case.team)
        if mine is not None or allocation.holder is self or self.can_run_rounds() or leads:
            return True
        near = self.leads(case.team) or case.social_worker is self
        return near and moderation is not None and moderation.is_agreed

    def can_decide_on_held(self) -> bool:
        """Match, ask, accept with a reason or discard what is held: those who run the month."""
        return self.can_run_rounds()

    def can_see_held(self, submission: "Submission") -> bool:
        """Who may decide, and who sent it, while the audit is theirs."""
        still_theirs = submission.allocation is None or self.can_return(submission.allocation)
        return (submission.is_from(self) and still_theirs) or self.can_decide_on_held()

    def can_take_alert(self, told: Collection["Person"]) -> bool:
        """'I have this': whoever was told of it."""
        return self in told

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

    def can_see_rota(self) -> bool:
        """Whose turn it is: auditors their own, and those who see the month everybody's."""
        return self.is_auditor or self.can_see_round()

    def can_see_turns_of(self, person: "Person") -> bool:
        return person is self or self.can_see_round()

    def can_answer_roll_check(self, check: "RollCheck", on: date) -> bool:
        """'All correct': who is asked, and those who run the month."""
        return self.is_asked_for_the_roll_of(check, on) or self.can_run_rounds()

    def is_asked_for_the_roll_of(self, check: "RollCheck", on: date) -> bool:
        """The Head of Service, and who stands in for them that day."""
        leads = Role.HEAD_OF_SERVICE in self.roles and self.service is check.service
        return leads or any(
            each.deputy is self and each.first_day <= on <= each.last_day for each in check.head.deputies
        )

    def stands_in_for(self, person: "Person") -> bool:
        """A Deputy Team Manager for the Team Manager of the own team."""
        deputises = Role.DEPUTY_TEAM_MANAGER in self.roles and Role.TEAM_MANAGER in person.roles
        return deputises and self.works_in(person.team)

    def can_see_all_messages(self) -> bool:
        """What will be sent, and what was: those who run the month."""
        return self.can_run_rounds()

    def can_see_messages_of(self, person: "Person") -> bool:
        """One's own; a Head of Service those of the own service; those who run the month all."""
        heads = Role.HEAD_OF_SERVICE in self.roles and self.leads_person(person)
        return person is self or heads or self.can_see_all_messages()

    def can_see_message(self, notice: "Notice") -> bool:
        """An alert may be about one of the service, so of these a Head of Service sees only what they are sent."""
        all_but_alerts = self.can_see_messages_of(notice.person) and not notice.urgent
        return notice.person is self or all_but_alerts or self.can_see_all_messages()

    def can_change_messages(self) -> bool:
        """Hold, release, drop, send again, and pause them all: those who run the month."""
        return self.can_run_rounds()

    def can_have_actions(self) -> bool:
        """Whether there may be any to show: to owners, deputies, Heads of Service and those who run the month."""
        return bool(self.roles & AUDITING_ROLES) or self.can_run_rounds()

    def can_confirm(self, action: "Action") -> bool:
        """Only its owner, or their deputy: nobody says for others that something was done for a child."""
        return action.owner is self or self.stands_in_for(action.owner)

    def can_see_action(self, action: "Action") -> bool:
        """Who may confirm it, the owner's Head of Service, and those who run the month."""
        heads = Role.HEAD_OF_SERVICE in self.roles and self.leads_person(action.owner)
        return self.can_confirm(action) or heads or self.can_run_rounds()

    def can_move_the_demo_clock(self) -> bool:
        """Anyone may, in the demo; the pages and commands refuse it everywhere else."""
        return True
