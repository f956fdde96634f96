"""What a person may do about other people: their absence, their moves, their accounts, their messages."""

from datetime import date
from typing import TYPE_CHECKING

from programme.competency_facts import ABOUT_COMPETENCY
from programme.rights.standing import Standing
from programme.words import Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.absences import Absence
    from programme.notices import Notice
    from programme.people import Person
    from programme.roll_check import RollCheck


class PeopleRights(Standing):
    """Of other people."""

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

    def can_answer_roll_check(self, check: "RollCheck", on: date) -> bool:
        """'All correct': who is asked, and those who run the month."""
        return self.is_asked_for_the_roll_of(check, on) or self.can_run_rounds()

    def is_asked_for_the_roll_of(self, check: "RollCheck", on: date) -> bool:
        """The Head of Service, and who stands in for them that day."""
        leads = Role.HEAD_OF_SERVICE in self.roles and self.service is check.service
        return leads or any(
            each.deputy is self and each.first_day <= on <= each.last_day for each in check.head.deputies
        )

    def can_see_rota(self) -> bool:
        """Whose turn it is: auditors their own, and those who see the month everybody's."""
        return self.is_auditor or self.can_see_round()

    def can_see_turns_of(self, person: "Person") -> bool:
        return person is self or self.can_see_round()

    def can_see_all_messages(self) -> bool:
        """What will be sent, and what was: those who run the month."""
        return self.can_run_rounds()

    def can_see_messages_of(self, person: "Person") -> bool:
        """One's own; a Head of Service those of the own service; those who run the month all."""
        heads = Role.HEAD_OF_SERVICE in self.roles and self.leads_person(person)
        return person is self or heads or self.can_see_all_messages()

    def can_see_message(self, notice: "Notice") -> bool:
        """An alert may be about one of the service, so of these a Head of Service sees only what they are sent. What is
        about somebody's competency is for who is sent it, and the Head of Quality.
        """
        if notice.kind in ABOUT_COMPETENCY:
            return notice.person is self or Role.HEAD_OF_QUALITY in self.roles
        all_but_alerts = self.can_see_messages_of(notice.person) and not notice.urgent
        return notice.person is self or all_but_alerts or self.can_see_all_messages()

    def can_change_messages(self) -> bool:
        """Hold, release, drop, send again, and pause them all: those who run the month."""
        return self.can_run_rounds()
