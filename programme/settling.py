"""What a pair makes of the actions before it agrees: each of them dated and specific, some changed, some taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme import actions
from programme.action_facts import ActionChanged
from programme.actions import SHORTEST_WORDS, Action
from programme.allocations import Allocation
from programme.calendar import london
from programme.facts import ActionRaised, ActionWithdrawn, Fact
from programme.people import Person
from programme.refusals import Fault
from programme.rulebook import Rulebook
from programme.words import ActionState, Priority

NO_DATES = ("asap", "as soon as possible", "ongoing", "in due course", "as appropriate", "when possible", "tbc")
"""Words that stand where a date or a deed should."""


@dataclass(frozen=True)
class Settled:
    """How a pair leaves one action; `ref` is empty for one they add. One that is taken back says why (`because`)."""

    ref: str
    step: str
    measure: str
    priority: Priority | None
    due: date | None
    taken_back: bool = False
    because: str = ""

    @property
    def is_written(self) -> bool:
        """Whether anything stands in a row for one more."""
        return bool(self.ref or self.step.strip() or self.measure.strip() or self.priority or self.due)


@dataclass(eq=False)
class ActionWas:
    """An action as it was before moderation changed it or took it back: what its auditor asked for is kept."""

    action: Action
    by: Person
    at: datetime
    step: str
    measure: str
    priority: Priority
    named_on: date | None
    due_at: datetime
    because: str = ""
    id: int | None = None


def to_settle(had: Sequence[Action]) -> list[Action]:
    """What a pair may change: all that is not done. An immediate one, or one that an alert made, stays as it is."""
    still = {ActionState.WAITING, *actions.STILL_TO_DO}
    return [each for each in had if each.state in still and each.priority is not Priority.IMMEDIATE]


def faults_in(settled: Sequence[Settled], had: Sequence[Action], *, today: date) -> Iterator[Fault]:
    """What keeps the actions from being dated and specific. One that the pair says nothing of is judged as it is."""
    said = {each.ref: each for each in settled}
    for action in to_settle(had):
        yield from _faults_of(action.ref, said.get(action.ref) or as_it_is(action), action, today)
    added = [each for each in settled if not each.ref and each.is_written]
    for number, each in enumerate(added, start=1):
        yield from _faults_of(f"new_{number}", each, None, today)


def as_it_is(action: Action) -> Settled:
    return Settled(action.ref, action.step, action.measure, action.priority, action.named_on)


def _faults_of(field: str, said: Settled, action: Action | None, today: date) -> Iterator[Fault]:
    what = action.ref if action else "The action you add"
    if said.taken_back:
        if not said.because.strip():
            yield Fault(f"{field}.because", f"{what}: say why it is taken back.")
        return
    if len(said.step.strip()) < SHORTEST_WORDS:
        yield Fault(f"{field}.step", f"{what}: say exactly what is to be done.")
    vague = next((words for words in NO_DATES if words in said.step.casefold()), "")
    if vague:
        yield Fault(f"{field}.step", f"{what}: say what is to be done, and choose a date for it. '{vague}' is none.")
    if len(said.measure.strip()) < SHORTEST_WORDS:
        yield Fault(f"{field}.measure", f"{what}: say how it will be seen that it worked.")
    if said.priority is None:
        yield Fault(f"{field}.priority", f"{what}: choose how soon it is needed.")
    yield from _date_faults(field, what, said, action, today)


def _date_faults(field: str, what: str, said: Settled, action: Action | None, today: date) -> Iterator[Fault]:
    """What was sent has a date already; what waits is dated now."""
    if said.priority is Priority.IMMEDIATE:
        return
    if said.due is None and (action is None or action.state is ActionState.WAITING):
        yield Fault(f"{field}.due", f"{what}: set the day by which it is done.")
    moved = said.due is not None and (action is None or said.due != action.named_on)
    if said.due is not None and said.due <= today and (moved or action is None or not action.sent_at):
        yield Fault(f"{field}.due", f"{what}: choose a day after today.")


def settle(
    settled: Sequence[Settled], had: Sequence[Action], *, by: Person, at: datetime, rules: Rulebook
) -> tuple[list[ActionWas], list[Fact]]:
    """Change what the pair changed, and keep it as it was."""
    said, kept, facts = {each.ref: each for each in settled}, [], []
    for action in to_settle(had):
        now = said.get(action.ref) or as_it_is(action)
        changed = _parts_changed(now, action)
        if not changed and not now.taken_back:
            continue
        because = now.because.strip() if now.taken_back else ""
        kept.append(_as_it_was(action, because, by=by, at=at))
        if now.taken_back:
            facts.append(_take_back(action, because, by=by, at=at))
        else:
            facts.append(_change(action, now, changed, at=at, rules=rules))
    return kept, facts


def _parts_changed(now: Settled, action: Action) -> list[str]:
    parts = {
        "step": now.step.strip() != action.step,
        "measure": now.measure.strip() != action.measure,
        "priority": now.priority is not action.priority,
        "due_on": now.due != action.named_on,
    }
    return [part for part, differs in parts.items() if differs]


def _as_it_was(action: Action, because: str, *, by: Person, at: datetime) -> ActionWas:
    stood = (action.step, action.measure, action.priority, action.named_on, action.due_at)
    return ActionWas(action, by, at, *stood, because)


def _take_back(action: Action, because: str, *, by: Person, at: datetime) -> Fact:
    action.state = ActionState.WITHDRAWN
    action.withdrawn_by, action.withdrawn_at, action.withdrawn_why = by, at, because
    return ActionWithdrawn(about=action.ref, tell=_who_knows(action))


def _change(action: Action, now: Settled, changed: Sequence[str], *, at: datetime, rules: Rulebook) -> Fact:
    action.step, action.measure = now.step.strip(), now.measure.strip()
    action.priority, action.named_on = now.priority or action.priority, now.due
    if {"priority", "due_on"} & set(changed):
        action.due_at = actions.due(now.due, action.priority, at=at, rules=rules)
    return ActionChanged(about=action.ref, fields=", ".join(changed), tell=_who_knows(action))


def _who_knows(action: Action) -> tuple[Person, ...]:
    """Its owner, where it had been sent."""
    return (action.owner,) if action.sent_at else ()


def added(
    settled: Sequence[Settled], audit: Allocation, had: int, *, owner: Person, at: datetime, rules: Rulebook
) -> tuple[list[Action], list[Fact]]:
    """The actions that the pair adds; they start with the outcome like the others. `had`: how many there ever were."""
    made = []
    for number, each in enumerate((each for each in settled if not each.ref and each.is_written), start=had + 1):
        priority = each.priority or Priority.STANDARD
        due_at = actions.due(each.due, priority, at=at, rules=rules)
        ref, words = actions.reference(audit.ref, number), (each.step.strip(), each.measure.strip())
        made.append(Action(ref, audit, *words, priority, due_at, owner, ActionState.WAITING, named_on=each.due))
    return made, [ActionRaised(about=each.ref, priority=each.priority) for each in made]


def default_day(priority: Priority, *, at: datetime, rules: Rulebook) -> date:
    """What is proposed where nobody named a date."""
    return london(actions.due_by(priority, at=at, rules=rules)).date()
