"""The policy's numbers for planning a month: the rota, the sample, the allocation and the forecast."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RotaRules:
    """`core_from`: the month from which a core group has the month's audits. Until a council says so, groups do.

    Turns are made for `months_ahead` months, the one that was opened last among them. A month in which no round is run
    counts as its group's turn (`skipped_month_moves_on`), so that the turns made for the months after it stand; a
    council that says false gives that group the next month instead. A roll check is asked again once, so many working
    days after (`roll_check_again_after`). Who takes an empty place is
    asked again every `vacancy_asked_every` working days.
    """

    core_from: date = date.max
    months_ahead: int = 3
    skipped_month_moves_on: bool = True
    roll_check_again_after: int = 3
    vacancy_asked_every: int = 10


@dataclass(frozen=True)
class SampleRules:
    """Who is drawn at random: at most so many of a kind, and only after so long.

    A reserve follows a record that is handed back while `reserve_days` working days are left.
    """

    months_between: int = 12
    a_family: int = 1
    a_social_worker: int = 1
    a_team: int = 2
    open_weeks: int = 6
    reserves: int = 10
    reserve_days: int = 5


@dataclass(frozen=True)
class MatchingWeights:
    """What a line of the allocation costs where a wish cannot be met; the dearer, the rarer.

    `another_audit`: for each that somebody has already this month; `same_team`: the child is of the team they audited
    last time; `lately`: for each audit of theirs in the last 12 months; `unknown_area`: for each area of knowledge that
    the record asks for and they lack. `former_team_months`: how long a team that was left is still too near.
    """

    another_audit: int = 100
    unknown_area: int = 20
    same_service: int = 10
    same_team: int = 5
    lately: int = 1
    former_team_months: int = 12


@dataclass(frozen=True)
class ForecastRules:
    """How a month's returns are foreseen.

    `past_months` count. Where little is known, `assumed_rate` of what is given out comes back in time (17 of 27 did in
    the programme's third month), months differ by
    `assumed_between_months` of it, and this counts like so many audits (`counts_as`). `moderators_come`: how many of
    those who could be at a moderation day are.
    """

    past_months: int = 12
    assumed_rate: float = 0.63
    assumed_between_months: float = 0.1
    counts_as: int = 6
    moderators_come: float = 0.85
