"""Somebody else reads in the place of a moderator who cannot come: only what they have not read, by the same rules."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programme.facts import Fact, ModerationAsked
from programme.moderation import Moderation, share_ref
from programme.moderation_day_facts import ModeratorReplaced
from programme.pairing import Readers
from programme.people import Person
from programme.refusals import Fault, Faulty, Refusal

PARTNER = "reads it already"


@dataclass(frozen=True)
class Place:
    """One audit, who reads it beside them, and who would in their place; nobody where no rule lets anybody."""

    moderation: Moderation
    partner: Person | None
    instead: Person | None
    because: str

    @property
    def ref(self) -> str:
        return self.moderation.allocation.ref


def propose(unread: Sequence[Moderation], of: Person, readers: Readers) -> list[Place]:
    """For each the one who has the fewest of all who may."""
    has = Counter(dict(readers.load))
    places = []
    for each in sorted(unread, key=lambda found: found.allocation.ref):
        may = [who for who in readers.people if not why_not(each, who, of, readers)]
        instead = min(may, key=lambda who: (has[who], who.name), default=None)
        because = f"has {has[instead]} of this month" if instead else "nobody else who moderates may read it"
        if instead is not None:
            has[instead] += 1
        places.append(Place(each, each.partner_of(of), instead, because))
    return places


def why_not(found: Moderation, who: Person, of: Person, readers: Readers) -> str:
    """What keeps somebody from reading it in that place, in words that follow their name; empty where nothing does."""
    partner = found.partner_of(of)
    if who is of:
        return "is the one who cannot come"
    if who is partner:
        return PARTNER
    rule = readers.rule(found.allocation, who)
    if rule or partner is None or readers.may_be_a_pair(partner, who):
        return rule
    return f"and {partner.name} {'are kept apart' if readers.are_apart(partner, who) else 'are of one service'}"


def replace(chosen: Mapping[Moderation, Person], of: Person, readers: Readers) -> list[Fact]:
    """All of them as one unit. What was read blind stays as it is; the partner's judgement stays, too."""
    if not chosen:
        msg = f"Choose who reads in the place of {of.name}."
        raise Refusal(msg)
    faults = [
        Fault(found.allocation.ref, f"{found.allocation.ref}: {who.name} {rule}.")
        for found, who in chosen.items()
        if (rule := _read_already(found, of) or why_not(found, who, of, readers))
    ]
    if faults:
        raise Faulty("Some audits cannot be given to these.", faults)
    month = readers_month(chosen)
    facts: list[Fact] = []
    for found, who in chosen.items():
        found.reading_of(of).moderator = who
        partner = found.partner_of(who)
        shares = tuple(share_ref(month, each) for each in (of, who, partner) if each)
        facts.append(ModeratorReplaced(about=found.allocation.ref, instead_of=of.reference, touches=shares))
    asked = Counter(chosen.values())
    return facts + [ModerationAsked(about=share_ref(month, who), audits=n, tell=(who,)) for who, n in asked.items()]


def readers_month(chosen: Mapping[Moderation, Person]) -> str:
    return next(iter(chosen)).allocation.round.month


def _read_already(found: Moderation, of: Person) -> str:
    return f"cannot take it: {of.name} has read it, and that stays" if found.reading_of(of).read_at else ""
