"""A pair that does not agree: both judgements and both their words are kept, and somebody else decides."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from programme.facts import Fact
from programme.moderation_facts import ModerationDisputed
from programme.people import Person
from programme.refusals import Fault, Faulty, NotAllowed, Refusal

if TYPE_CHECKING:  # moderation imports this room
    from programme.moderation import Moderation


def who_decides(
    moderation: "Moderation", heads_of_quality: Sequence[Person], directors: Sequence[Person]
) -> list[Person]:
    """A Head of Quality who is neither its auditor nor of the pair; where there is none, the Director."""
    near = {moderation.allocation.holder, *(each.moderator for each in moderation.readings)}
    heads = [each for each in heads_of_quality if each not in near]
    return heads or [each for each in directors if each not in near]


def disagree(
    moderation: "Moderation", words: Mapping[str, str], deciders: Sequence[Person], *, by: Person, at: datetime
) -> list[Fact]:
    """Either of the pair says so, with the words of both: by their e-mail address."""
    moderation.must_be_ready_for(by)
    if moderation.disputed_at is not None:
        msg = "You have said so already. It waits for a decision."
        raise Refusal(msg)
    faults = [
        Fault(f"why_{each.moderator.id}", f"Say why {each.moderator.name} judges it so.")
        for each in moderation.readings
        if not words.get(each.moderator.email, "").strip()
    ]
    if faults:
        raise Faulty("The words of both are needed.", faults)
    if not deciders:
        msg = "There is nobody who could decide: no Head of Quality and no Director apart from you and the auditor."
        raise Refusal(msg)
    for each in moderation.readings:
        each.says = words[each.moderator.email].strip()
    moderation.disputed_by, moderation.disputed_at = by, at
    ref = moderation.allocation.ref
    return [ModerationDisputed(about=ref, tell=tuple(deciders), touches=moderation.shares())]


def must_be_open_to(moderation: "Moderation", person: Person, deciders: Collection[Person]) -> None:
    """Deciding is for who may, once the pair has said that it does not agree, and once."""
    if not person.can_decide_moderation(deciders):
        msg = "The Head of Quality decides where a pair does not agree."
        raise NotAllowed(msg)
    if moderation.disputed_at is None:
        msg = "The pair has not said that it does not agree."
        raise NotAllowed(msg)
    moderation.must_not_be_agreed()
