"""Many actions, of every state, priority and age, with owners in two services: so that a filter has something to let
through and something that it must not.
"""

from datetime import date, datetime, time, timedelta
from itertools import product

from programme.actions import Action
from programme.calendar import at_london, end_of
from programme.people import Person, RoleHeld
from programme.words import ActionState, Priority, Role
from storage import clock, find
from storage.office import Office
from storage.session import Session
from tests.cast import Cast, here

TODAY = date(2017, 11, 15)
"""A Wednesday."""
NOW = at_london(TODAY, time(10))
AGES = (0, 1, 7, 8, 14, 15, 28, 60)
"""Days since each was sent, on both sides of the ends of the bands."""

CLOSED = (ActionState.CONFIRMED, ActionState.CHECKED)


def raised(
    session: Session, ref: str, owner: Person, *, audit: str = "AUD-2017-10-01", sent_at: datetime = NOW, due_on: date
) -> Action:
    """One action that was sent."""
    of = find.allocations.by_ref(session, audit)
    made = Action(ref, of, "Stepcanary", "Measurecanary", Priority.STANDARD, end_of(due_on), owner, ActionState.SENT)
    made.sent_at = sent_at
    session.add(made)
    return made


def many(office: Office, cast: Cast) -> tuple[Person, ...]:
    """Two for each owner, state and age; and the owners, a deputy among those who look."""
    with office.record.writing() as session:
        clock.set_to(session, NOW)
        deputy = Person("dee@example.org", "Dee Larkspur", [RoleHeld(Role.DEPUTY_TEAM_MANAGER)])
        deputy.team = here(session, cast.team_manager).team
        session.add(deputy)
        session.flush()
        owners = [cast.team_manager, cast.childs_head_of_service, cast.peer, cast.head_of_quality, deputy]
        spread = product([here(session, who) for who in owners], ActionState, AGES)
        for number, (owner, state, age) in enumerate(spread):
            _stands(session, number, owner, state, age)
    return (*cast.everyone, deputy)


def _stands(session: Session, number: int, owner: Person, state: ActionState, age: int) -> None:
    sent = NOW - timedelta(days=age)
    audit = ("AUD-2017-10-01", "AUD-2017-10-02")[number % 2]
    due_on = TODAY + timedelta(days=(number % 30) - 20)
    made = raised(session, f"ACT-2017-10-{number}", owner, audit=audit, sent_at=sent, due_on=due_on)
    made.priority, made.state = tuple(Priority)[number % 4], state
    if made.priority is Priority.IMMEDIATE:
        made.due_at = sent + timedelta(hours=24)
    if state is ActionState.ACKNOWLEDGED:
        made.acknowledged_by, made.acknowledged_at = owner, sent
    if state is ActionState.WAITING or (state is ActionState.WITHDRAWN and age > 10):
        made.sent_at = None
    if state in CLOSED:
        made.done, made.changed = "Visited at home.", "She sleeps at home."
        made.done_on = made.recorded_on = TODAY
        made.confirmed_by, made.confirmed_at = owner, NOW
