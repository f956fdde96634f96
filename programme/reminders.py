"""Taking the steps that are due: which are written down as taken, and who is told. And an auditor's answers to them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from programme import chasing
from programme.allocations import Allocation
from programme.calendar import london
from programme.chasing import ACTIONS, HEAD_TOLD, MODERATION, Chased, StepTaken
from programme.daily_facts import ModeratorReminded
from programme.facts import (
    Fact,
    HeadTold,
    HeadToldOfActions,
    MoreTimeTaken,
    OnTrack,
    OwnerReminded,
    Reminded,
)
from programme.people import Person
from programme.refusals import Refusal
from programme.rulebook import Rulebook

DIGEST = "digest"
"""The step that says a Head of Service has had the day's digest of one topic."""


REMINDED: Mapping[str, type[OwnerReminded | ModeratorReminded]] = {
    ACTIONS: OwnerReminded,
    MODERATION: ModeratorReminded,
}
"""What a reminder is by its topic; one of an audit is about a month, and is `Reminded`."""


def take(about: str, steps: Iterable[str], due_on: date, *, at: datetime) -> list[StepTaken]:
    """The rows that say these steps are taken, each once for this due date."""
    return [StepTaken(about, step, due_on, at) for step in steps]


def remind(chased: Chased, *, at: datetime) -> tuple[list[StepTaken], list[Fact]]:
    """Say the newest step to whoever is asked; the older ones count as taken with it, but for the Head of Service's."""
    steps = [step for step in chased.due.names if step != HEAD_TOLD]
    return take(chased.ref, steps, chased.due_on, at=at), [_reminded(chased, chased.due.said)]


def tell_head(head: Person, late: Sequence[Chased], *, at: datetime) -> tuple[list[StepTaken], list[Fact]]:
    """One digest for one Head of Service; each auditor whose newest step this is hears that they have been told."""
    topic = late[0].topic
    rows = take(head.reference, [digest_of(topic)], london(at).date(), at=at)
    for each in late:
        rows += take(each.ref, _until_head(each), each.due_on, at=at)
    told: Fact = (
        HeadToldOfActions(about=head.reference, late=len(late), tell=(head,))
        if topic == ACTIONS
        else HeadTold(about=topic, late=len(late), tell=(head,))
    )
    return rows, [told, *[_reminded(each, HEAD_TOLD) for each in late if each.hears == HEAD_TOLD]]


def digest_of(topic: str) -> str:
    return f"{DIGEST} {topic}"


def _until_head(chased: Chased) -> Sequence[str]:
    """An audit's older steps are passed over where its auditor hears of this one; an action's owner hears apart."""
    names = chased.due.names
    return [HEAD_TOLD] if chased.due.said else names[: names.index(HEAD_TOLD) + 1]


def _reminded(chased: Chased, step: str) -> Fact:
    reminded = REMINDED.get(chased.topic, Reminded)
    return reminded(about=chased.ref, step=step, tell=(chased.person,))


def still_said(taken: Sequence[StepTaken], *, due_on: date | None, at: datetime) -> str:
    """The step that a message made at this instant says; none once a later one was taken or the date has moved."""
    then = [each for each in taken if each.taken_at >= at]
    over = any(each.taken_at > at or each.due_on != due_on for each in then)
    return then[-1].step if then and not over else ""


def on_track(allocation: Allocation, *, by: Person) -> list[Fact]:
    """It is on its way: noted, and nothing else changes."""
    allocation.must_be_open_to(by)
    return [OnTrack(about=allocation.ref)]


def days_left(allocation: Allocation, *, at: datetime, rules: Rulebook) -> list[date]:
    """The working days to which an audit's date may move: after it, from today on, until the cut-off."""
    cut_off = allocation.round.cut_off_at
    if allocation.due_on is None or cut_off is None or at >= cut_off:
        return []
    first = max(allocation.due_on + timedelta(days=1), london(at).date())
    return rules.calendar.working_days_between(first, london(cut_off).date())


def may_take_more_time(allocation: Allocation, *, at: datetime, rules: Rulebook) -> bool:
    """Once, and while there are days left."""
    return allocation.first_due_on is None and bool(days_left(allocation, at=at, rules=rules))


def must_allow_more_time(allocation: Allocation, *, by: Person, at: datetime, rules: Rulebook) -> list[date]:
    """The days to choose from; an auditor may take more time once, and only until the cut-off."""
    allocation.must_be_open_to(by)
    if allocation.first_due_on is not None:
        msg = "You have taken more time once already. Your Head of Service decides whether there is any more."
        raise Refusal(msg)
    days = days_left(allocation, at=at, rules=rules)
    if not days:
        msg = "There are no days left this month. If you cannot do it, say so with I can't do this one."
        raise Refusal(msg)
    return days


def extend(
    allocation: Allocation, to: date, *, by: Person, at: datetime, rules: Rulebook
) -> tuple[list[StepTaken], list[Fact]]:
    """Move the date, once, and keep the first. What the new ladder has on days gone by counts as taken."""
    was = allocation.due_on
    if to not in must_allow_more_time(allocation, by=by, at=at, rules=rules) or was is None:
        msg = "Choose one of the working days on the list."
        raise Refusal(msg, field="day")
    allocation.first_due_on, allocation.due_on = was, to
    allocation.reason, allocation.reason_words = None, ""  # who takes more time means to do it after all
    fact = MoreTimeTaken(about=allocation.ref, due_on=to.isoformat(), was_due_on=was.isoformat())
    return take(allocation.ref, chasing.gone_by(allocation, on=london(at).date(), rules=rules), to, at=at), [fact]
