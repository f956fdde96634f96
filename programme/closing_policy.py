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


@dataclass(frozen=True)
class ReAuditRules:
    """Which audits are due to be looked at again: `after_months` after an outcome that was not yet good, `unsafe_after`
    weeks after a child was found unsafe or not assured; of all of them at most `most_a_month`.
    """

    after_months: int = 3
    unsafe_after: int = 4
    most_a_month: int = 4

    def __post_init__(self) -> None:
        if self.after_months < 1 or self.unsafe_after < 1 or self.most_a_month < 0:
            msg = (
                "The policy's numbers for re-audits are too small: after_months and unsafe_after are at least 1,"
                " most_a_month at least 0."
            )
            raise Refusal(msg, field="re_audits")
