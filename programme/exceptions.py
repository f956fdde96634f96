"""What does not go by itself in a month, each in a sentence for those who run it: on the start page and in App Home."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from programme.allocations import Allocation
from programme.calendar import london
from programme.jobs import SetAside
from programme.notices import Notice
from programme.people import Person
from programme.post_words import code_in_words
from programme.reasons import beside_a_name
from programme.swap_words import names_of
from programme.swaps import Swap
from programme.unmet import said_of
from programme.words import NoticeState, Reason

HELD = "held"


@dataclass(frozen=True)
class Exceptional:
    """`about` tells it from all others; of a swap it is the reference, as of its own place in App Home."""

    about: str
    said: str


@dataclass(frozen=True)
class Found:
    """What the record says: audits that are out; swaps that wait for a yes, searches that found nobody, requests that
    end soon; how many returns are held, how many came late and have no pair, how many records the month could look at
    again; which messages reached nobody, and whose Slack account is not known; how many messages are late or missing,
    and what the worker could not do.
    """

    out: Sequence[Allocation] = field(default_factory=list)
    to_approve: Sequence[Swap] = field(default_factory=list)
    failed: Sequence[Swap] = field(default_factory=list)
    ending: Sequence[Swap] = field(default_factory=list)
    held: int = 0
    came_late: int = 0
    undelivered: Sequence[Notice] = field(default_factory=list)
    not_on_slack: Sequence[Person] = field(default_factory=list)
    again: int = 0
    unmet: int = 0
    set_aside: Sequence[SetAside] = field(default_factory=list)


def exceptions(found: Found, today: date) -> Iterator[Exceptional]:
    """In the order in which they are best looked at; of one audit only what is most pressing."""
    yield from _of_the_months_audits(found, today)
    yield from _to_be_looked_at(found)
    yield from _of_what_goes_by_itself(found)


def _of_the_months_audits(found: Found, today: date) -> Iterator[Exceptional]:
    for swap in found.to_approve:
        yield Exceptional(swap.ref, f"{swap.allocation.ref}: a swap waits for your yes.")
    failed = {swap.allocation.ref: swap for swap in found.failed}
    for audit in found.out:
        yield from _of_audit(audit, failed, today)
    for swap in found.ending:
        day = "today" if london(swap.ends_at).date() == today else f"on {london(swap.ends_at):%A %-d %B}"
        said = f"{swap.asker.name} asks for a swap, and nobody has answered. It ends {day}."
        yield Exceptional(swap.ref, f"{swap.allocation.ref}: {said}")


def _to_be_looked_at(found: Found) -> Iterator[Exceptional]:
    if found.held:
        yield Exceptional(HELD, f"{found.held} {'return is' if found.held == 1 else 'returns are'} held: see Held.")
    if found.came_late:
        them = "it" if found.came_late == 1 else "them"
        yield Exceptional("came late", f"{found.came_late} came late: give {them} to a pair, on the month's page.")
    if found.again:
        records = "1 record is" if found.again == 1 else f"{found.again} records are"
        yield Exceptional("again", f"{records} to be looked at again: draw who does, on the month's page.")


def _of_what_goes_by_itself(found: Found) -> Iterator[Exceptional]:
    """What did not."""
    for notice in found.undelivered:
        what = "did not reach" if notice.state is NoticeState.FAILED else "could not be drawn again for"
        said = f"a message {what} {notice.person.name}. {code_in_words(notice.why)}: see Messages."
        yield Exceptional(notice.key, f"{notice.about}: {said}")
    if found.unmet:
        yield Exceptional("unmet", f"{said_of(found.unmet)} Whoever runs the server should look: flask doctor.")
    for thing in found.set_aside:
        said = (
            f"what should go by itself failed {thing.tries} times. Whoever runs the server should look: flask doctor."
        )
        yield Exceptional(f"set aside {thing.job} {thing.about}", f"{thing.about}: {said}")
    if found.not_on_slack:
        have = "has" if len(found.not_on_slack) == 1 else "have"
        yield Exceptional("not on slack", f"{names_of(found.not_on_slack)} {have} no Slack account that we know.")


def _of_audit(audit: Allocation, failed: Mapping[str, Swap], today: date) -> Iterator[Exceptional]:
    who = f"{audit.ref}, {audit.holder.name if audit.holder else 'nobody'}"
    if audit.reason:
        why = beside_a_name(Reason(audit.reason))
        said = f"cannot do it. {why}." if why else "cannot do it: see the month's board."
        yield Exceptional(f"exception {audit.ref}", f"{who}: {said}")
    elif audit.ref in failed:
        yield Exceptional(f"exception {audit.ref}", f"{who}: looked for a swap and found nobody.")
    elif audit.due_on and audit.due_on < today:
        yield Exceptional(f"exception {audit.ref}", f"{who}: was due on {audit.due_on:%A %-d %B}.")
