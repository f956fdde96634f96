"""What happens to an action between being sent and being done: the steps of its owner, and of who answers them."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ActionAcknowledged(Fact):
    """Its owner, or their deputy, has read it."""


@dataclass(frozen=True, kw_only=True)
class OwnerSpokenTo(Fact):
    """Who leads its owner has spoken to them of an action that is late."""


@dataclass(frozen=True, kw_only=True)
class ActionDiscussed(Fact):
    """It was spoken of in supervision."""

    day: str


@dataclass(frozen=True, kw_only=True)
class ActionTimeTaken(Fact):
    """Its owner moved the date, once; the first date is kept."""

    due_on: str
    was_due_on: str


@dataclass(frozen=True, kw_only=True)
class ActionTimeAsked(Fact):
    """Its owner asks for more time: their Head of Service decides, and the date stands until then."""

    until: str


@dataclass(frozen=True, kw_only=True)
class ActionTimeGiven(Fact):
    """What its owner asked for was approved."""

    due_on: str
    was_due_on: str


@dataclass(frozen=True, kw_only=True)
class ActionTimeRefused(Fact):
    """The date stays."""


@dataclass(frozen=True, kw_only=True)
class ActionDateSet(Fact):
    """Who leads its owner set another date."""

    due_on: str
    was_due_on: str


@dataclass(frozen=True, kw_only=True)
class ActionPassedOn(Fact):
    """Its owner says whose it is; it stays with the owner until that one accepts."""

    person: str


@dataclass(frozen=True, kw_only=True)
class ActionTakenOver(Fact):
    """Who was named accepts it, and owns it from now on."""

    before: str


@dataclass(frozen=True, kw_only=True)
class ActionNotTaken(Fact):
    """It stays with its owner: who was named said no, or who leads the owner said so."""


@dataclass(frozen=True, kw_only=True)
class ActionToPlace(Fact):
    """Who was named has not answered: who leads its owner says whose it is."""


@dataclass(frozen=True, kw_only=True)
class ActionPlaced(Fact):
    """Who leads its owner said whose it is."""

    before: str


@dataclass(frozen=True, kw_only=True)
class ActionDoubted(Fact):
    """Its owner asks for it to be looked at again."""


@dataclass(frozen=True, kw_only=True)
class ActionStands(Fact):
    """It was looked at again, and stands."""


@dataclass(frozen=True, kw_only=True)
class ActionChanged(Fact):
    """It asks something else now, or by another date: which parts of it changed."""

    fields: str
