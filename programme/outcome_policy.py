"""The policy's numbers for outcomes: who hears of them from when, and how long they may be answered."""

from dataclasses import dataclass
from datetime import date

from programme.refusals import Refusal


@dataclass(frozen=True)
class OutcomeRules:
    """`heads_from`: the day from which every outcome goes to the child's Head of Service too. Worker and Team Manager
    have `answer_within` working days to answer or to point out a mistake; who has done neither, and has not
    acknowledged it, is reminded once, `remind_after` working days after it was sent.
    """

    heads_from: date = date.max
    answer_within: int = 5
    remind_after: int = 4

    def __post_init__(self) -> None:
        if not 0 < self.remind_after < self.answer_within:
            msg = (
                "The policy's days for outcomes do not follow one another: remind_after and answer_within are"
                f" {self.remind_after} and {self.answer_within}. The reminder comes before the last day."
            )
            raise Refusal(msg, field="outcomes")
