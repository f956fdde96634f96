"""Taking the steps that are due: which are written down as taken, and who is told. And an auditor's answers to them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from programme.allocations import Allocation
from programme.calendar import london
from programme.chasing import ACTIONS, CHECKS, HEAD_TOLD, MODERATION, Chased, StepTaken
from programme.closing_facts import CheckerReminded
from programme.daily_facts import HeadTold, HeadToldOfActions, ModeratorReminded, OwnerReminded, Reminded
from programme.facts import Fact
from programme.people import Person
from programme.refusals import Refusal
from programme.reminder_facts import OnTrack, ReminderMoved
from programme.rulebook import Rulebook

DIGEST = "digest"
"""The step that says a Head of Service has had the day's digest of one topic."""


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
    if chased.topic == ACTIONS:
        return OwnerReminded(about=chased.ref, step=step, tell=(chased.person,))
    if chased.topic == MODERATION:
        return ModeratorReminded(about=chased.ref, step=step, tell=(chased.person,))
    if chased.topic == CHECKS:
        return CheckerReminded(about=chased.ref, step=step, tell=(chased.person,))
    return Reminded(about=chased.ref, step=step, tell=(chased.person,))


def still_said(taken: Sequence[StepTaken], *, due_on: date | None, at: datetime) -> str:
    """The step that a message made at this instant says; none once a later one was taken or the date has moved."""
    then = [each for each in taken if each.taken_at >= at]
    over = any(each.taken_at > at or each.due_on != due_on for each in then)
    return then[-1].step if then and not over else ""


def on_track(allocation: Allocation, *, by: Person) -> list[Fact]:
    """It is on its way: noted, and nothing else changes."""
    allocation.must_be_open_to(by)
    return [OnTrack(about=allocation.ref)]


def days_to_name(allocation: Allocation, *, at: datetime, rules: Rulebook) -> list[date]:
    """The working days, from tomorrow to the cut-off, on which its holder may want to be reminded instead."""
    cut_off = allocation.round.cut_off_at
    if cut_off is None or at >= cut_off:
        return []
    return rules.calendar.working_days_between(london(at).date() + timedelta(days=1), london(cut_off).date())


def must_have_days_to_name(allocation: Allocation, *, by: Person, at: datetime, rules: Rulebook) -> list[date]:
    allocation.must_be_open_to(by)
    days = days_to_name(allocation, at=at, rules=rules)
    if not days:
        msg = "There are no days left before this month closes."
        raise Refusal(msg)
    return days


def move(allocation: Allocation, to: date, *, by: Person, at: datetime, rules: Rulebook) -> list[Fact]:
    """'Remind me on…': nothing is said to its holder before that day, and then something is. The date stays."""
    if to not in must_have_days_to_name(allocation, by=by, at=at, rules=rules):
        msg = "Choose one of the working days on the list."
        raise Refusal(msg, field="day")
    if allocation.remind_on == to:
        return []  # said twice: it is known
    allocation.remind_on = to
    return [ReminderMoved(about=allocation.ref, to=to.isoformat())]
