"""What happened, in the past tense. A decision returns these; `storage.journal` writes them down and tells people.

`about` is a reference (AUD-2017-10-07), never text about a child. `tell` are the people who get a message of it.
`touches` are other references whose earlier messages say something else from now on, and are drawn again.
"""

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

from programme.words import Way

if TYPE_CHECKING:  # people imports this room
    from programme.people import Person


NOT_ITS_OWN = frozenset({"about", "tell", "touches"})


@dataclass(frozen=True, kw_only=True)
class Fact:
    about: str
    tell: "tuple[Person, ...]" = ()
    touches: tuple[str, ...] = ()

    urgent: ClassVar[bool] = False
    """An urgent fact's message goes out ahead of all others."""

    of_the_day: ClassVar[bool] = False
    """A reminder or a digest: all that are due for one person go out as one message, and there is one a day."""

    ways: ClassVar[tuple[Way, ...]] = (Way.ANY,)
    """A message for each. Chat and e-mail both: one that fails or is not looked at keeps nobody from knowing."""

    @classmethod
    def kind(cls) -> str:
        """The name it is stored by: CaseGivenOut is `case_given_out`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def details(self) -> dict[str, str]:
        """The fact's own codes and numbers, for the history."""
        return {part.name: str(getattr(self, part.name)) for part in fields(self) if part.name not in NOT_ITS_OWN}


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Fact):
    people: int


@dataclass(frozen=True, kw_only=True)
class ToolImported(Fact):
    questions: int


@dataclass(frozen=True, kw_only=True)
class ToolVersionMade(Fact):
    """Somebody wrote a new version of the audit tool, beginning with another one."""

    questions: int
    made_from: str


@dataclass(frozen=True, kw_only=True)
class ToolVersionRemoved(Fact):
    """A version that no month uses was taken away."""


@dataclass(frozen=True, kw_only=True)
class CasesImported(Fact):
    cases: int


@dataclass(frozen=True, kw_only=True)
class MonthImported(Fact):
    rows: int


@dataclass(frozen=True, kw_only=True)
class AbsenceRecorded(Fact):
    first_day: str
    last_day: str


@dataclass(frozen=True, kw_only=True)
class PersonMovedOn(Fact):
    last_day: str


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Fact):
    target: int


@dataclass(frozen=True, kw_only=True)
class SampleDrawn(Fact):
    seed: int
    frame: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class RoundAllocated(Fact):
    allocated: int
    unplaced: int


@dataclass(frozen=True, kw_only=True)
class CaseGivenOut(Fact):
    """One allocation has gone to its holder."""


@dataclass(frozen=True, kw_only=True)
class RoundClosed(Fact):
    """A round is over; nothing more is expected."""


@dataclass(frozen=True, kw_only=True)
class ReturnRecorded(Fact):
    version: int
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class CaseHandedBack(Fact):
    """The holder said that they had a part in the child's record."""


@dataclass(frozen=True, kw_only=True)
class ReasonGiven(Fact):
    reason: str


@dataclass(frozen=True, kw_only=True)
class ActionRaised(Fact):
    priority: str


@dataclass(frozen=True, kw_only=True)
class ActionWithdrawn(Fact):
    """Nobody is to do it any more: a newer version of the audit does not ask for it, or somebody who may says why."""


@dataclass(frozen=True, kw_only=True)
class ModeratorsNamed(Fact):
    """A pair is to read this audit."""


@dataclass(frozen=True, kw_only=True)
class ModerationAsked(Fact):
    """Somebody is asked to moderate so many audits of a month."""

    audits: int


@dataclass(frozen=True, kw_only=True)
class AuditRead(Fact):
    """One of the pair has judged it alone."""


@dataclass(frozen=True, kw_only=True)
class AuditModerated(Fact):
    """The pair has agreed."""


@dataclass(frozen=True, kw_only=True)
class ActionsStarted(Fact):
    """The actions of an audit go to their owner with its agreed outcome."""


@dataclass(frozen=True, kw_only=True)
class ActionConfirmed(Fact):
    """Its owner, or their deputy, said what was done and what changed for the child."""


@dataclass(frozen=True, kw_only=True)
class ChildUnsafe(Fact):
    """Somebody answered 'unsafe now'. Never merged, never delayed."""

    urgent: ClassVar[bool] = True
    ways: ClassVar[tuple[Way, ...]] = (Way.CHAT, Way.EMAIL)


@dataclass(frozen=True, kw_only=True)
class ReportDrafted(Fact):
    """What is still out is not returned any more; its reason, or its silence, is counted."""

    not_returned: int


@dataclass(frozen=True, kw_only=True)
class ReportSignedOff(Fact):
    """Leadership has read the report and agrees."""


@dataclass(frozen=True, kw_only=True)
class ReportIssued(Fact):
    balances: bool


@dataclass(frozen=True, kw_only=True)
class AlertRepeated(Fact):
    """Nobody has it in hand yet, so those who were told, or more people, are told again."""

    urgent: ClassVar[bool] = True
    ways: ClassVar[tuple[Way, ...]] = (Way.CHAT, Way.EMAIL)
    steps: int


@dataclass(frozen=True, kw_only=True)
class AlertTaken(Fact):
    """Somebody has it in hand."""

    urgent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class CallNoted(Fact):
    """The auditor has rung, and said whom and when."""


@dataclass(frozen=True, kw_only=True)
class WayChosen(Fact):
    """Somebody would rather read e-mail, or chat again."""

    by_email: bool


@dataclass(frozen=True, kw_only=True)
class SignInLinkMade(Fact):
    """Somebody was given a link that works once: by the bot, in an e-mail, or on the host."""

    by_way_of: str


@dataclass(frozen=True, kw_only=True)
class LinkAsked(Fact):
    """Somebody who is not signed in asked for a link to their own address."""

    ways: ClassVar[tuple[Way, ...]] = (Way.EMAIL,)


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact):
    """A person came in by a one-time link or by the demo's list."""

    by_way_of: str


@dataclass(frozen=True, kw_only=True)
class MessagesPaused(Fact):
    paused: bool


@dataclass(frozen=True, kw_only=True)
class Released(Fact):
    """What the worker could not do, and therefore left alone, is to be tried again."""


@dataclass(frozen=True, kw_only=True)
class RecordRestored(Fact):
    """Everything came back from a backup: when that was made, and how many rows it held."""

    made: str
    rows: int
