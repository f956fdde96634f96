"""The steps of a roll check that the worker, chat and the pages take alike: ask, ask again, answer, put right."""

from collections.abc import Iterator
from datetime import date

from programme import roll_check
from programme.calendar import following, london
from programme.chasing import StepTaken
from programme.people import Person, Service
from programme.planning_facts import RollChanged, RollCheckAsked, RollCheckAskedAgain, RollNotConfirmed
from programme.refusals import Refusal
from programme.roll_check import ASKED_AGAIN, NOT_CONFIRMED, Change, Changed, RollCheck, Window
from programme.words import Role
from storage import find, journal, staffing
from storage.office import Office
from storage.session import Session


def window_of(session: Session, office: Office, month: str) -> Window:
    """The dates of the round where it is open, and else those that policy foresees."""
    opened = find.rounds.by_month(session, month)
    foreseen = office.rules.calendar.dates_of(month, office.rules.policy.month)
    if opened is None or opened.distribute_on is None or opened.due_on is None:
        return Window(month, foreseen.roll_check_on, foreseen.distribute_on, foreseen.due_on)
    return Window(month, opened.roll_check_on or foreseen.roll_check_on, opened.distribute_on, opened.due_on)


def open_windows(session: Session, office: Office) -> list[Window]:
    """The months whose lists are asked for today: this one where it begins late, and the next."""
    today = office.today(session)
    windows = [window_of(session, office, month) for month in _this_and_next(today)]
    return [each for each in windows if each.is_open_on(today)]


def on_the_list(session: Session, service: Service, window: Window) -> list[Person]:
    return roll_check.on_the_list(service, find.people.auditors(session), window)


def waiting_for(session: Session, office: Office, person: Person) -> list[RollCheck]:
    """What this Head of Service, or whoever stands in for one, is asked and has not answered."""
    today = office.today(session)
    return [
        check
        for window in open_windows(session, office)
        for check in find.roll_checks.of_month(session, window.month)
        if check.answered_at is None and person.is_asked_for_the_roll_of(check, today)
    ]


def to_ask(session: Session, office: Office) -> Iterator[tuple[str, Person, Person]]:
    """Of whom nothing has been asked yet and can be: the month, the Head of Service, and who is told."""
    today = office.today(session)
    for window in open_windows(session, office):
        asked = {check.service for check in find.roll_checks.of_month(session, window.month)}
        for head in find.roll_checks.heads(session, on=today):
            service, told = head.service, roll_check.whom_to_ask(head, on=today)
            if service and told and service not in asked and _takes_part(session, service, window):
                asked.add(service)
                yield window.month, head, told


def _takes_part(session: Session, service: Service, window: Window) -> bool:
    joined = service.takes_part_from is None or service.takes_part_from <= window.first
    return joined and bool(on_the_list(session, service, window))


def ask(session: Session, office: Office, month: str, number: int) -> bool:
    """Ask one Head of Service. A month and a service have one row, so of two who ask at once one is refused."""
    at = office.now(session)
    for asked, head, told in to_ask(session, office):
        if (asked, head.id) == (month, number) and head.service is not None:
            check = RollCheck(month, head.service, head, at)
            session.add(check)
            journal.write(session, [RollCheckAsked(about=check.ref, tell=(told,))], by=None, at=at)
            return True
    return False


def to_follow_up(session: Session, office: Office) -> list[str]:
    """What nobody has answered and is due to be asked again, or is over: references."""
    today = office.today(session)
    checks = find.roll_checks.unanswered(session, _this_and_next(today))
    steps = find.chasing.steps(session, [check.ref for check in checks])
    taken = {ref: {step.step for step in of} for ref, of in steps.items()}
    due = {check.ref: _next_step(session, office, check) for check in checks}
    return [ref for ref, step in due.items() if step and step not in taken.get(ref, set())]


def follow_up(session: Session, office: Office, ref: str) -> bool:
    """Ask once more; or note that the list stands as it was, because the month has begun."""
    check = find.roll_checks.by_ref(session, ref, to_change=True)
    if ref not in to_follow_up(session, office):
        return False
    step, at = _next_step(session, office, check), office.now(session)
    told = roll_check.whom_to_ask(check.head, on=office.today(session))
    if step == ASKED_AGAIN and told is None:
        return False
    session.add(StepTaken(ref, step, london(check.asked_at).date(), at))
    again = RollCheckAskedAgain(about=ref, tell=(told,) if told else ())
    journal.write(session, [again if step == ASKED_AGAIN else RollNotConfirmed(about=ref)], by=None, at=at)
    return True


def _next_step(session: Session, office: Office, check: RollCheck) -> str:
    today, again_after = office.today(session), office.rules.policy.rota.roll_check_again_after
    if today >= window_of(session, office, check.month).first:
        return NOT_CONFIRMED
    again_on = office.rules.calendar.after(london(check.asked_at).date(), again_after)
    return ASKED_AGAIN if today >= again_on else ""


def _this_and_next(today: date) -> tuple[str, str]:
    this = f"{today:%Y-%m}"
    return this, following(this)


def confirm(session: Session, office: Office, ref: str, by: Person) -> RollCheck:
    """'All correct', in the name of the Head of Service whoever presses it; both names are kept."""
    check, at = _open_to(session, office, ref, by), office.now(session)
    journal.write(session, check.confirm(by=by, at=at), by=by, at=at, on_behalf_of=_for(check, by))
    return check


def change(session: Session, office: Office, ref: str, said: Changed, by: Person) -> RollCheck:
    """Put one thing right. The list is drawn anew, and the turns that rest on it are made anew."""
    check, at = _open_to(session, office, ref, by), office.now(session)
    leavers: list[Person] = []
    if said.change is Change.JOINED:
        administrators = find.people.with_role(session, Role.ADMINISTRATOR, on=office.today(session))
        facts = check.name_joiner(said.name, said.email, administrators)
    else:
        person = _named(session, office, check, said.who)
        rows, facts = roll_check.taken_in(said, person, by=by)
        session.add_all(rows)
        leavers = [person] if said.change is Change.MOVED_ON else []
    changed = RollChanged(about=ref, how=said.change)
    journal.write(session, [*facts, changed], by=by, at=at, on_behalf_of=_for(check, by))
    staffing.after_leaving(session, office, leavers, by)
    return check


def _open_to(session: Session, office: Office, ref: str, by: Person) -> RollCheck:
    check = find.roll_checks.by_ref(session, ref, to_change=True)
    check.must_be_open_to(by, on=office.today(session), window=window_of(session, office, check.month))
    return check


def _named(session: Session, office: Office, check: RollCheck, email: str) -> Person:
    listed = on_the_list(session, check.service, window_of(session, office, check.month))
    found = next((person for person in listed if person.email == email), None)
    if found is None:
        msg = "Choose who it is."
        raise Refusal(msg, field="who")
    return found


def _for(check: RollCheck, by: Person) -> Person | None:
    return None if by is check.head else check.head
