"""Audits that a partner service made in a month: counted beside our own, never among them."""

from dataclasses import dataclass

from programme.facts import Fact
from programme.people import Person
from programme.planning_facts import PartnerTotalEntered
from programme.refusals import Refusal

LONGEST_NAME = 100
MOST = 10_000


@dataclass(eq=False)
class PartnerTotal:
    month: str
    service: str
    audits: int
    entered_by: Person
    id: int | None = None


def enter(
    month: str, service: str, audits: int, known: PartnerTotal | None, *, by: Person
) -> tuple[PartnerTotal, list[Fact]]:
    """The total of one partner service; entered again it replaces what was there."""
    if not service.strip() or len(service.strip()) > LONGEST_NAME:
        msg = f"Say which service, in at most {LONGEST_NAME} characters."
        raise Refusal(msg, field="service")
    if not 0 <= audits <= MOST:
        msg = f"Give the number of audits as a whole number from 0 to {MOST}."
        raise Refusal(msg, field="audits")
    total = known or PartnerTotal(month, service.strip(), audits, by)
    total.audits, total.entered_by = audits, by
    return total, [PartnerTotalEntered(about=month, audits=audits)]
