"""What happened while months were planned, in the past tense: as in `programme.facts`."""

from dataclasses import dataclass
from typing import ClassVar

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReAuditsDrawn(Fact):
    """So many of those that were due to be looked at again were drawn, by this lot, and given out."""

    drawn: int
    due: int
    lot: str


@dataclass(frozen=True, kw_only=True)
class TurnsPlanned(Fact):
    """The turns of the months ahead were made, or made anew because something has changed."""

    made: int
    dropped: int


@dataclass(frozen=True, kw_only=True)
class RollCheckAsked(Fact):
    """A Head of Service, or who stands in, is asked whether the list of their people is right."""


@dataclass(frozen=True, kw_only=True)
class RollCheckAskedAgain(Fact):
    """They are asked once more, because no answer has come."""

    of_the_day: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class RollConfirmed(Fact):
    """The list is right."""


@dataclass(frozen=True, kw_only=True)
class RollNotConfirmed(Fact):
    """Nobody answered before the month began, so last month's list stands."""


@dataclass(frozen=True, kw_only=True)
class RollChanged(Fact):
    """Something on a list was put right."""

    how: str


@dataclass(frozen=True, kw_only=True)
class JoinerNamed(Fact):
    """Somebody has joined a service; the administrator is asked to bring them onto the list."""


@dataclass(frozen=True, kw_only=True)
class CameBack(Fact):
    """Somebody is back at work earlier than was noted."""

    back_on: str


@dataclass(frozen=True, kw_only=True)
class RecordChosen(Fact):
    """A child's record is in a month's sample; those who work with the child hear of it the same day."""

    how: str


@dataclass(frozen=True, kw_only=True)
class RecordReleased(Fact):
    """A restricted record, or one on hold, may be read by one auditor."""


@dataclass(frozen=True, kw_only=True)
class ReserveCalled(Fact):
    """A reserve took the place of a record that was handed back."""

    instead_of: str


@dataclass(frozen=True, kw_only=True)
class NoReserveLeft(Fact):
    """A record was handed back, and no reserve can take its place."""


@dataclass(frozen=True, kw_only=True)
class SaidBeforehand(Fact):
    """Who works with the child said what they are proud of, and what got in the way."""


@dataclass(frozen=True, kw_only=True)
class PartnerTotalEntered(Fact):
    """How many audits a partner service made in a month."""

    audits: int


@dataclass(frozen=True, kw_only=True)
class AllocationMoved(Fact):
    """Of what was allocated and not given out, so many went to somebody else, and so many to nobody."""

    moved: int
    taken_back: int


@dataclass(frozen=True, kw_only=True)
class AllocationSteered(Fact):
    """Somebody said by hand that one person is to have a record, or not to have it, or took that back."""

    case: str
    person: str
    how: str


@dataclass(frozen=True, kw_only=True)
class WorkToHandOn(Fact):
    """Somebody has moved on, or is away and cannot finish, and something is still open with them."""


@dataclass(frozen=True, kw_only=True)
class AuditHandedOn(Fact):
    """An audit went from somebody who cannot finish it to somebody else."""

    before: str


@dataclass(frozen=True, kw_only=True)
class ActionHandedOn(Fact):
    """An action went from somebody who cannot finish it to who is answerable for the child's team now."""

    before: str


@dataclass(frozen=True, kw_only=True)
class VacancyAsked(Fact):
    """A Head of Service is asked who takes a place that is empty."""


@dataclass(frozen=True, kw_only=True)
class VacancyFilled(Fact):
    """Somebody has taken a place that was empty."""


@dataclass(frozen=True, kw_only=True)
class TieDeclared(Fact):
    """Somebody should not read about a child, or about any child of a team. Why is not asked."""

    apart_from: str


@dataclass(frozen=True, kw_only=True)
class TieTakenBack(Fact):
    """What kept somebody from a child's record, a team or a colleague does so no more."""

    apart_from: str


@dataclass(frozen=True, kw_only=True)
class PeopleKeptApart(Fact):
    """Of two people neither reads what the other did. Why is not asked."""

    apart_from: str


@dataclass(frozen=True, kw_only=True)
class DeputyNamed(Fact):
    """Somebody acts for another for a time."""

    deputy: str
    first_day: str
    last_day: str


@dataclass(frozen=True, kw_only=True)
class SlackAccountGone(Fact):
    """Somebody's Slack account was closed: no message reaches them there."""


@dataclass(frozen=True, kw_only=True)
class SlackAccountMatched(Fact):
    """Somebody's Slack account is known: found by their address, or said by who runs the month."""

    account: str


@dataclass(frozen=True, kw_only=True)
class SlackAccountUnmatched(Fact):
    """It was not theirs: nothing more is sent there, and it counts for nobody."""

    account: str


@dataclass(frozen=True, kw_only=True)
class SlackAccountSetAside(Fact):
    """An account that is nobody's who takes part."""


@dataclass(frozen=True, kw_only=True)
class SlackAccountBroughtBack(Fact):
    """It was set aside, and is to be looked at again."""


@dataclass(frozen=True, kw_only=True)
class MonthMayFallShort(Fact):
    """Fewer audits are likely to come back in time than the target asks for."""

    likely: int


@dataclass(frozen=True, kw_only=True)
class TargetChanged(Fact):
    """Somebody set another target for a month; their name stands with it."""

    target: int


@dataclass(frozen=True, kw_only=True)
class RoundDatesMoved(Fact):
    """Dates of a round were moved before it was given out."""

    moved: int


@dataclass(frozen=True, kw_only=True)
class PersonStays(Fact):
    """Somebody of whom it was said that they move on stays after all."""


@dataclass(frozen=True, kw_only=True)
class AuditWithdrawn(Fact):
    """It was given out by mistake, and nothing is asked of anybody any more."""


@dataclass(frozen=True, kw_only=True)
class RoundWithdrawn(Fact):
    """A month was given out by mistake. Whoever had heard of an audit of theirs gets one apology."""

    audits: int
