"""What a person may do on the way from developing to the core group, and see of it."""

from typing import TYPE_CHECKING

from programme.rights.standing import Standing
from programme.words import RETURNED, AuditType, Role

if TYPE_CHECKING:  # these rooms import this one
    from programme.allocations import Allocation
    from programme.competency import Candidacy
    from programme.moderation import Moderation
    from programme.people import Person

LEADS_ALL = frozenset({Role.LEADERSHIP, Role.DIRECTOR})
COACH = frozenset({Role.PRACTICE_LEARNING, Role.HEAD_OF_QUALITY})


class CompetencyRights(Standing):
    """Of competency and of learning."""

    def can_see_competency(self) -> bool:
        """The page of it, on which each finds what is theirs: auditors, moderators, and who takes a step in it."""
        takes_a_step = self.can_steer_competency() or bool(self.roles & LEADS_ALL)
        return self.is_auditor or self.moderates or takes_a_step

    def can_steer_competency(self) -> bool:
        """Put forward, take into the core group, pause; and see where everybody stands: the Head of Quality."""
        return Role.HEAD_OF_QUALITY in self.roles

    def can_see_workshop(self) -> bool:
        """What a month's moderations have in common: who moderates, who coaches, and those who run the month."""
        return self.moderates or Role.PRACTICE_LEARNING in self.roles or self.can_run_rounds()

    def can_see_spread(self, allocation: "Allocation") -> bool:
        """How everybody judged a practice case: who has scored it, once their own is in, and who coaches."""
        scored = allocation.holder is self and allocation.state in RETURNED
        return allocation.kind is AuditType.PRACTICE and (scored or self.can_coach())

    def can_coach(self) -> bool:
        """See how a practice case was scored also while so few have that one can be told from another."""
        return bool(self.roles & COACH)

    def can_say_how_it_was(self, allocation: "Allocation", moderation: "Moderation | None") -> bool:
        """Who sent it in, and the pair once it is agreed."""
        agreed = moderation is not None and moderation.is_agreed and moderation.is_moderated_by(self)  # type: ignore[arg-type] # a Person is built on this
        return (allocation.holder is self and allocation.state in RETURNED) or agreed

    def can_see_profile(self, person: "Person", candidacy: "Candidacy | None") -> bool:
        """The auditor's own, the Head of Quality's, and the evaluators' while the auditor is put forward.

        Neither the administrator, nor the line manager or the Head of Service as such.
        """
        evaluates = candidacy is not None and candidacy.is_open and self in candidacy.evaluators
        return person is self or self.can_steer_competency() or evaluates

    def can_evaluate(self, candidacy: "Candidacy") -> bool:
        return self in candidacy.evaluators

    def can_sign_off_competency(self, candidacy: "Candidacy") -> bool:
        """Leadership; nobody for themselves, and nobody who has evaluated."""
        has_a_part = self is candidacy.person or self in candidacy.evaluators
        return bool(self.roles & LEADS_ALL) and not has_a_part

    def can_answer_profile(self, person: "Person") -> bool:
        """Put words beside it: whose it is."""
        return person is self
