"""Sending an audit back to its auditor for what is missing. Nothing is lost, and it stays as in time as it was."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from programme.calendar import london
from programme.facts import Fact
from programme.moderation_facts import AuditSentBack, NewerToModerate
from programme.people import Person
from programme.refusals import Refusal
from programme.rulebook import Rulebook
from programme.words import AllocationState

if TYPE_CHECKING:  # moderation imports this room
    from programme.moderation import Moderation


@dataclass(eq=False)
class SentBack:
    """What is missing, in words and by question, and until when it is waited for. `came_at`: the newer version came."""

    by: Person
    at: datetime
    missing: str
    until: date
    questions: list[str] = field(default_factory=list)
    came_at: datetime | None = None
    id: int | None = None


def latest_day(moderation: "Moderation", *, at: datetime, rules: Rulebook) -> date | None:
    """Until when it may be with its auditor: some working days, and never as long as the report waits for it.

    None where there is no day left. A late return, which stands apart from the report's figures, holds nothing up.
    """
    today, audit = london(at).date(), moderation.allocation
    day = rules.calendar.after(today, rules.policy.moderation.sent_back_days)
    report = audit.round.draft_by if audit.state is AllocationState.RETURNED_IN_TIME else None
    if report is not None:
        day = min(day, rules.calendar.after(report, -1))
    return day if day > today else None


def must_have_read(moderation: "Moderation", person: Person) -> None:
    if moderation.reading_of(person).read_at is None:
        msg = "Judge it alone first. Then you can send it back."
        raise Refusal(msg)


def send_back(
    moderation: "Moderation", missing: str, questions: list[str], *, by: Person, at: datetime, rules: Rulebook
) -> list[Fact]:
    """By one of the pair who has judged it alone. What both judged is kept meanwhile."""
    must_have_read(moderation, by)
    moderation.must_not_be_agreed()
    if moderation.with_auditor(london(at).date()):
        msg = "It is with its auditor already. You are told when it comes again."
        raise Refusal(msg)
    auditor = moderation.allocation.holder
    if auditor is None or not auditor.is_here_on(london(at).date()):
        msg = "Its auditor has moved on. Agree with what there is."
        raise Refusal(msg)
    if not missing.strip():
        msg = "Say what is missing."
        raise Refusal(msg, field="missing")
    until = latest_day(moderation, at=at, rules=rules)
    if until is None:
        msg = "There is no day left before the report. Agree with what there is."
        raise Refusal(msg)
    moderation.sent_back.append(SentBack(by, at, missing.strip(), until, questions))
    ref = moderation.allocation.ref
    return [AuditSentBack(about=ref, until=until.isoformat(), tell=(auditor,), touches=moderation.shares())]


def came(moderation: "Moderation", version: int, *, at: datetime) -> list[Fact]:
    """A newer version counts. Who has read hears so; both do where it had been sent back."""
    back = moderation.last_sent_back
    told = [each.moderator for each in moderation.readings if each.read_at is not None]
    if back is not None and back.came_at is None:
        back.came_at = at
        told = [each.moderator for each in moderation.readings]
    if not told or moderation.is_agreed:
        return []
    ref = moderation.allocation.ref
    return [NewerToModerate(about=ref, version=version, tell=tuple(told), touches=moderation.shares())]
