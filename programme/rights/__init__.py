"""Everything a person may do: every `can_…` stands in this room, by what it is about."""

from programme.rights.audits import AuditRights
from programme.rights.competency import CompetencyRights
from programme.rights.month import MonthRights
from programme.rights.outcomes import OutcomeRights
from programme.rights.people import PeopleRights
from programme.rights.safety import SafetyRights


class Rights(PeopleRights, MonthRights, AuditRights, SafetyRights, CompetencyRights, OutcomeRights):
    """What a person may do, by their roles and by how they stand to what it is about."""
