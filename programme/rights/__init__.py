"""Everything a person may do: every `can_…` stands in this room, by what it is about."""

from programme.rights.actions import ActionRights
from programme.rights.audits import AuditRights
from programme.rights.competency import CompetencyRights
from programme.rights.month import MonthRights
from programme.rights.outcomes import OutcomeRights
from programme.rights.people import PeopleRights


class Rights(PeopleRights, MonthRights, AuditRights, ActionRights, CompetencyRights, OutcomeRights):
    """What a person may do, by their roles and by how they stand to what it is about."""
