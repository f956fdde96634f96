"""The policy's numbers for what comes after an action is confirmed: its check, and looking at a record again."""

from dataclasses import dataclass

from programme.refusals import Refusal


@dataclass(frozen=True)
class CheckRules:
    """Every immediate and urgent action is checked once it is confirmed; of the others one in `one_in`, by lot, and at
    most `most_a_month` of a month. Who is asked has `within` working days.
    """

    one_in: int = 10
    most_a_month: int = 8
    within: int = 5

    def __post_init__(self) -> None:
        if self.one_in < 1 or self.most_a_month < 0 or self.within < 1:
            msg = (
                "The policy's numbers for checks are too small: one_in and within are at least 1, most_a_month at"
                " least 0."
            )
            raise Refusal(msg, field="checks")
