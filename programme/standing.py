"""Where an auditor stands, with its dates: begun, taken into the core group, paused and back.

What somebody was is never rewritten, so that a past month keeps who was developing in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from programme.competency_facts import AuditingPaused, AuditingTakenUp, CompetencyBegun, CoreJoined
from programme.facts import Fact
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.words import Competency

FOR_QUALITY = "The Head of Quality takes this step."

COMPETENCY_LABELS = {
    Competency.DEVELOPING: "Developing auditor",
    Competency.COMPETENT: "Competent",
    Competency.CORE: "Core group",
    Competency.PAUSED: "Paused",
}


@dataclass(eq=False)
class CompetencyHeld:
    """What somebody was from a day on, and to which day: `until` is the first on which it was so no more.

    `since` is not known of those who were brought in with a list before this was kept.
    """

    person: Person
    competency: Competency
    since: date | None
    until: date | None = None
    by: Person | None = None
    id: int | None = None


def begins(person: Person, *, by: Person, on: date) -> list[Fact]:
    """An auditor of whom nothing was said so far is a developing one from now on."""
    must_be_quality(person, by)
    if not person.is_auditor or person.competency is not None:
        msg = f"{person.name} is no auditor, or it is said already where they stand."
        raise Refusal(msg)
    return [CompetencyBegun(about=person.reference, first_day=on.isoformat(), tell=(person,))]


def joins_core(person: Person, *, by: Person, on: date) -> list[Fact]:
    """Only who was signed off, or stood as competent when this began."""
    must_be_quality(person, by)
    if person.competency is not Competency.COMPETENT:
        msg = f"Leadership signs off first: {person.name} is not competent yet, or not any more."
        raise Refusal(msg)
    return [CoreJoined(about=person.reference, first_day=on.isoformat(), tell=(person,))]


def pauses(person: Person, *, by: Person, on: date) -> list[Fact]:
    """Nothing is allocated to them until they are back."""
    must_be_quality(person, by)
    if person.competency in {None, Competency.PAUSED}:
        msg = f"{person.name} is paused already, or not on the way."
        raise Refusal(msg)
    return [AuditingPaused(about=person.reference, first_day=on.isoformat(), tell=(person,))]


def takes_up(person: Person, held: Sequence[CompetencyHeld], *, by: Person, on: date) -> tuple[Competency, list[Fact]]:
    """Back as what they were before: nobody becomes more by having paused."""
    must_be_quality(person, by)
    if person.competency is not Competency.PAUSED:
        msg = f"{person.name} is not paused."
        raise Refusal(msg)
    was = [each.competency for each in held if each.competency is not Competency.PAUSED]
    before = was[-1] if was else Competency.DEVELOPING
    return before, [AuditingTakenUp(about=person.reference, first_day=on.isoformat(), tell=(person,))]


def stands(
    person: Person, competency: Competency, held: Sequence[CompetencyHeld], *, on: date, by: Person | None
) -> CompetencyHeld:
    """What somebody is from a day on; what they were until then is kept. `held` are all, the oldest first."""
    for each in held:
        if each.until is None:
            each.until = on
    person.competency = competency
    return CompetencyHeld(person, competency, on, by=by)


def must_be_quality(person: Person, by: Person) -> None:
    """Nobody takes a step of their own."""
    if not by.can_steer_competency() or by is person:
        raise NotAllowed(FOR_QUALITY)
