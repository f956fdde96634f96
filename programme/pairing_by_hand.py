"""Pairs as somebody chose them, judged by the same hard rules as those that are proposed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from programme.allocations import Allocation
from programme.pairing import Paired, Pairing, Readers, Unpaired, reason_for
from programme.people import Person
from programme.refusals import Fault, Faulty


@dataclass(frozen=True)
class Chosen:
    """Two readers for one audit; nobody at all leaves it without a pair for now."""

    audit: Allocation
    first: Person | None
    second: Person | None


def judged(chosen: Sequence[Chosen], readers: Readers) -> Pairing:
    """All of them as one unit; each that a rule stands against is refused under its field, in that rule's words."""
    faults = [fault for each in chosen for fault in _faults(each, readers)]
    if faults:
        raise Faulty("Some pairs cannot be named.", faults)
    areas = readers.areas
    made = [(each.audit, (each.first, each.second)) for each in chosen if each.first and each.second]
    left = [each.audit for each in chosen if not each.first]
    return Pairing(
        tuple(Paired(audit, pair, reason_for(audit, pair, areas)) for audit, pair in made),
        tuple(Unpaired(audit, "left out by hand") for audit in left),
    )


def _faults(each: Chosen, readers: Readers) -> Iterator[Fault]:
    first, second, ref = each.first, each.second, each.audit.ref
    if first is None and second is None:
        return
    if first is None or second is None:
        missing = "first" if first is None else "second"
        yield Fault(f"{ref}.{missing}", f"{ref}: choose two readers, or nobody for both.")
        return
    if first is second:
        yield Fault(f"{ref}.second", f"{ref}: choose two different readers.")
        return
    both = (("first", first), ("second", second))
    ruled = [(field, who, rule) for field, who in both if (rule := readers.rule(each.audit, who))]
    for field, who, rule in ruled:
        yield Fault(f"{ref}.{field}", f"{ref}: {who.name} {rule}.")
    if not ruled and not readers.may_be_a_pair(first, second):
        why = "are kept apart" if readers.are_apart(first, second) else "are of one service"
        yield Fault(f"{ref}.second", f"{ref}: {first.name} and {second.name} {why}.")
