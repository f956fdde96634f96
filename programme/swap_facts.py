"""What happened to swaps, in the past tense: as in `programme.facts`."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SwapAsked(Fact):
    """One peer or several were asked to take an audit."""

    how: str


@dataclass(frozen=True, kw_only=True)
class SwapAnswered(Fact):
    """One of several who were asked cannot take it; the others may."""


@dataclass(frozen=True, kw_only=True)
class HelperJoined(Fact):
    """Somebody who offered help may answer a request, too."""


@dataclass(frozen=True, kw_only=True)
class SwapToApprove(Fact):
    """A peer would take it, and the administrator's yes is waited for."""


@dataclass(frozen=True, kw_only=True)
class SwapAccepted(Fact):
    """The audit went to the peer, and the turns with it."""


@dataclass(frozen=True, kw_only=True)
class SwapEnded(Fact):
    """Nobody swapped: it was declined, withdrawn, nobody answered in time, or nobody could be asked."""

    how: str


@dataclass(frozen=True, kw_only=True)
class SwapUndone(Fact):
    """The audit is with who asked again, and every turn where it was."""


@dataclass(frozen=True, kw_only=True)
class SwapSuggested(Fact):
    """The holder of an audit hears who could take it: they will be away, or somebody has offered."""

    why: str


@dataclass(frozen=True, kw_only=True)
class HelpOffered(Fact):
    """Somebody can take an audit this month."""

    month: str


@dataclass(frozen=True, kw_only=True)
class AuditHandedOver(Fact):
    """An audit that was out has a new holder; the old one's form is dead."""

    swap: str
