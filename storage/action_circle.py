"""Who decides what round an action: who leads its owner, who moderated its audit, and who stands in for whom."""

from collections.abc import Collection, Sequence
from datetime import date

from programme.actions import Action
from programme.people import Person
from programme.words import Priority, Role
from storage import find
from storage.session import Session


def who_decides(session: Session, action: Action, *, on: date) -> Sequence[Person]:
    """The Head of Service of its owner; where there is none in post, or the owner is one, the Heads of Quality. Who is
    not at work that day is joined by who was named to stand in for them.
    """
    may = [each for each in find.action_steps.who_leads(session, on=on) if each.can_decide_on_action(action)]
    heads = [each for each in may if Role.HEAD_OF_SERVICE in each.roles and each.leads_person(action.owner)]
    asked = heads or may
    stand_ins = [one for each in asked if not each.is_at_work_on(on) for one in _stand_ins(each, on)]
    return list(dict.fromkeys([*asked, *(each for each in stand_ins if each is not action.owner)]))


def decider(session: Session, action: Action, me: Person, *, on: date) -> Person:
    """Whose decision it is when somebody answers: their own, or that of who they stand in for that day."""
    if me.can_decide_on_action(action) or me is action.owner:
        return me
    may = [each for each in find.action_steps.who_leads(session, on=on) if each.can_decide_on_action(action)]
    return next((each for each in may if me in _stand_ins(each, on)), me)


def moderators_of(session: Session, action: Action, *, on: date) -> Collection[Person]:
    """Those in post who have judged its audit. Nobody, where only the Head of Quality may know of it: what an alert
    about the conduct of a member of staff raised.
    """
    if is_kept_from_the_team(session, action):
        return []
    found = find.moderations.of_audit(session, action.allocation.ref)
    readings = found.readings if found else []
    return [each.moderator for each in readings if each.read_at is not None and each.moderator.is_here_on(on)]


def who_settles(session: Session, action: Action, *, on: date) -> Sequence[Person]:
    """Who is asked to look at it again: those who moderated its audit, or the Heads of Quality."""
    moderators = [each for each in moderators_of(session, action, on=on) if each is not action.owner]
    return moderators or find.people.with_role(session, Role.HEAD_OF_QUALITY, on=on)


def who_may_own(session: Session, action: Action, *, on: date) -> Sequence[Person]:
    """To whom it can be passed on: outside the child's team, where nobody in that may know of it."""
    kept = is_kept_from_the_team(session, action)
    everybody = find.action_steps.who_may_own(session, on=on)
    mine = [each for each in everybody if each is not action.owner]
    return [each for each in mine if not (kept and each.works_in(action.allocation.case.team))]


def is_kept_from_the_team(session: Session, action: Action) -> bool:
    alert = find.alerts.of_audit(session, action.allocation.ref)
    return alert is not None and alert.staff_conduct and action.priority is Priority.IMMEDIATE


def _stand_ins(person: Person, on: date) -> list[Person]:
    return [each.deputy for each in person.deputies if each.first_day <= on <= each.last_day]
