"""The month's report: drafted from the record, signed off, issued and then frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from programme.allocations import Allocation
from programme.facts import Fact, ReportDrafted, ReportIssued, ReportSignedOff
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.rounds import Round
from programme.words import ReportState, RoundState

IN_WORDS = {ReportState.DRAFT: "draft", ReportState.SIGNED_OFF: "signed off", ReportState.ISSUED: "issued"}


@dataclass(eq=False)
class Report:
    """`figures` are frozen when it is issued; `gap` is the printed sentence where the account does not balance."""

    round: Round
    state: ReportState
    drafted_at: datetime
    signed_off_by: Person | None = None
    signed_off_at: datetime | None = None
    issued_by: Person | None = None
    issued_at: datetime | None = None
    gap: str = ""
    figures: dict[str, Any] | None = None
    version: int = 1
    id: int | None = None

    @property
    def is_issued(self) -> bool:
        return self.state is ReportState.ISSUED

    def sign_off(self, *, by: Person, at: datetime) -> list[Fact]:
        """By those who lead; never assumed."""
        if not by.can_sign_off():
            msg = "Leadership or the Director signs a report off."
            raise NotAllowed(msg)
        if self.state is not ReportState.DRAFT:
            msg = f"The report for {self.round.name} is {IN_WORDS[self.state]} already."
            raise Refusal(msg)
        self.state, self.signed_off_by, self.signed_off_at = ReportState.SIGNED_OFF, by, at
        return [ReportSignedOff(about=self.round.month)]

    def issue(self, figures: dict[str, Any], gap: str, *, by: Person, at: datetime) -> list[Fact]:
        """Frozen as it is now. An account that does not balance is issued only with a sentence that says why."""
        if not by.can_issue():
            msg = "The Head of Quality issues the report."
            raise NotAllowed(msg)
        if self.state is not ReportState.SIGNED_OFF:
            said = "issued already" if self.is_issued else "not signed off yet"
            msg = f"The report for {self.round.name} is {said}."
            raise Refusal(msg)
        balances = figures["account"]["balances"]
        if balances is False and not gap.strip():
            msg = "The account does not balance. Say in a sentence what is missing and why; it is printed."
            raise Refusal(msg, field="gap")
        self.state, self.issued_by, self.issued_at = ReportState.ISSUED, by, at
        self.gap = "" if balances else gap.strip()
        self.figures = figures | {"status": IN_WORDS[ReportState.ISSUED]}
        self.round.state = RoundState.REPORTED
        return [ReportIssued(about=self.round.month, balances=bool(balances))]


def draft(of: Round, silent: Sequence[Allocation], *, by: Person, at: datetime) -> tuple[Report, list[Fact]]:
    """A report for a month that is over. `silent` are its audits that are still out: now they are not returned."""
    if not by.can_run_rounds():
        msg = "The administrator or the Head of Quality drafts the report."
        raise NotAllowed(msg)
    if of.imported:
        msg = f"{of.name} is a past month; its report was issued before its figures came here."
        raise Refusal(msg)
    if of.cut_off_at is None or at < of.cut_off_at:
        msg = f"{of.name} is not closed yet: audits can still come in. Draft the report after its closing."
        raise Refusal(msg)
    for allocation in silent:
        allocation.end_unreturned()
    return Report(of, ReportState.DRAFT, at), [ReportDrafted(about=of.month, not_returned=len(silent))]


def status_of(of: Round, report: Report | None) -> str:
    """As the page and the JSON say it."""
    if of.imported:
        return "imported"
    return IN_WORDS[report.state] if report else "not drafted"
