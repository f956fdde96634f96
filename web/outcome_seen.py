"""What one reader sees of an audit's outcome on the audit's page, and what they may do with it."""

from dataclasses import dataclass
from datetime import date

from programme import outcomes
from programme.actions import Action
from programme.allocations import Allocation
from programme.outcome_words import CopyFor
from programme.outcomes import Copy, Outcome
from programme.people import Person
from storage import find
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class Seen:
    """`mine` is the reader's own copy. `opens` are the actions with a page of their own for this reader."""

    outcome: Outcome | None
    opens: frozenset[str]
    mine: Copy | None = None
    closes_on: date | None = None
    may_answer: bool = False
    closed: str = ""
    asks_whether_it_helped: bool = False
    who_was_helped: tuple[Copy, ...] = ()


def outcome_for(session: Session, office: Office, me: Person, audit: Allocation, outcome: Outcome | None) -> Seen:
    actions, today = find.actions.of_allocation(session, audit), office.today(session)
    opens = frozenset(each.ref for each in actions if me.can_see_action(each, today))
    if outcome is None or not outcome.is_sent:
        return Seen(outcome, opens)
    at, rules, mine = office.now(session), office.rules, outcome.copy_of(me)
    answers, in_time = me.can_answer_outcome(outcome), outcome.may_be_answered(at=at, rules=rules)
    return Seen(
        outcome,
        opens,
        mine,
        outcome.closes_on(rules),
        may_answer=answers and in_time,
        closed=outcomes.closed_words(outcome, rules) if answers and not in_time else "",
        asks_whether_it_helped=mine is not None and mine.standing is CopyFor.WORKER,
        who_was_helped=tuple(each for each in outcome.copies if each.helped) if me.can_see_who_was_helped() else (),
    )


def actions_for(session: Session, office: Office, me: Person, audit: Allocation) -> list[Action]:
    """What the audit asks for, as far as this reader may know of it."""
    every, today = find.actions.of_allocation(session, audit), office.today(session)
    return [each for each in every if me.can_see_action(each, today) or me.can_read_action_of(each, audit)]
