"""What happens with an outcome, from the moment it is agreed until nothing more is said of it."""

from dataclasses import dataclass

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TeamPutRight(Fact):
    """Before an outcome was sent: the child is with another team or social worker than the sample said."""


@dataclass(frozen=True, kw_only=True)
class OutcomeSent(Fact):
    """The agreed outcome went to those whom it concerns."""


@dataclass(frozen=True, kw_only=True)
class OutcomeOpened(Fact):
    """Somebody to whom it was sent has opened it."""


@dataclass(frozen=True, kw_only=True)
class OutcomeAcknowledged(Fact):
    """Somebody to whom it was sent says that they have it."""


@dataclass(frozen=True, kw_only=True)
class OutcomeAnswered(Fact):
    """The child's social worker or Team Manager said something of it; the auditor hears that they did."""


@dataclass(frozen=True, kw_only=True)
class MistakePointedOut(Fact):
    """A factual mistake, for the two who moderated it."""


@dataclass(frozen=True, kw_only=True)
class HelpSaid(Fact):
    """The social worker said whether the audit helped. What they said is not for the history."""


@dataclass(frozen=True, kw_only=True)
class ExampleShared(Fact):
    """The strength of an audit, anonymised, is an example for all auditors."""


@dataclass(frozen=True, kw_only=True)
class ExampleTakenBack(Fact):
    """It is shown to nobody any more."""
