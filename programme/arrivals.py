"""What happened to what arrives: held, matched, decided on, let in; and to the forms and sheets it comes from."""

from dataclasses import dataclass
from typing import ClassVar

from programme.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SubmissionHeld(Fact):
    """Something arrived that cannot be accepted as it is. `faults`: how many answers are to be mended."""

    faults: int


@dataclass(frozen=True, kw_only=True)
class SubmissionMatched(Fact):
    """An administrator said which audit it belongs to."""

    audit: str


@dataclass(frozen=True, kw_only=True)
class AuditorAsked(Fact):
    """An administrator asked the auditor to mend what is held."""


@dataclass(frozen=True, kw_only=True)
class SubmissionDiscarded(Fact):
    """It does not count; it is kept."""


@dataclass(frozen=True, kw_only=True)
class SubmissionSuperseded(Fact):
    """A newer one counts."""


@dataclass(frozen=True, kw_only=True)
class SheetPaused(Fact):
    """Nothing is taken from the response sheet any more: access is lost, or its headings are not the form's."""

    why: str


@dataclass(frozen=True, kw_only=True)
class SheetRowsGone(Fact):
    """Rows that were in the response sheet are not there any more. What they held is kept."""

    rows: int


@dataclass(frozen=True, kw_only=True)
class PersonalDataLetIn(Fact):
    """Who sent it, or an administrator, let stand what looks like personal data, in so many answers."""

    fields: int


@dataclass(frozen=True, kw_only=True)
class FormLinked(Fact):
    """The map of the Google Form made for a version of the audit tool was brought in."""

    questions: int


@dataclass(frozen=True, kw_only=True)
class UnsafeUnmatched(Fact):
    """'Unsafe now' arrived, and nobody can tell yet for which child."""

    urgent: ClassVar[bool] = True
