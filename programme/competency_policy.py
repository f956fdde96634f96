"""The policy's numbers for competency: from how many on a figure may be read as more than a count, and who is asked
again when.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class CompetencyRules:
    """`from_audits`: how many moderated audits somebody needs before a percentage or a course over time is shown.
    `from_answers`: how many must have answered before the others see a mean, or how a practice case was scored. Who
    was asked to evaluate or to sign off is reminded every `reminded_every` working days.
    """

    from_audits: int = 8
    from_answers: int = 5
    reminded_every: int = 5
