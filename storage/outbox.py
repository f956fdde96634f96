"""What will be sent and what was, as one reader may see it; and the steps of those who run the month with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from programme.chasing import HEAD_TOLD, is_reminding_time, next_reminding_time
from programme.daily_facts import OwnerReminded, Reminded
from programme.facts import Fact, MessagesPaused
from programme.notices import Notice
from programme.people import Person
from programme.post_switch import MESSAGES, PostSwitch
from programme.refusals import NotAllowed
from programme.rights.standing import RUNS_THE_MONTH
from storage import chasing, find, journal
from storage.chasing import ACTIONS, AUDITS, CHECKS, MODERATION, Ladder, Subject
from storage.office import Office
from storage.session import Session

DAYS_AHEAD = 3
REMINDERS = (Reminded.kind(), OwnerReminded.kind())


@dataclass(frozen=True)
class Foreseen:
    """What a ladder will say one morning, if nobody answers until then."""

    at: datetime
    to: Person
    about: str
    step: str


def foreseen(session: Session, office: Office, *, on: date) -> list[Foreseen]:
    """To whom, about what and by which step, on one day."""
    mornings = chasing.mornings(session, office, on=on)
    return [
        *_told(session, office, AUDITS, mornings),
        *_told(session, office, ACTIONS, mornings),
        *_told(session, office, MODERATION, mornings),
        *_told(session, office, CHECKS, mornings),
    ]


def _told(
    session: Session, office: Office, ladder: Ladder[Subject], mornings: Sequence[datetime]
) -> Iterator[Foreseen]:
    leader = chasing.who_leads(session, at=mornings[-1]) if mornings else None
    for chased in chasing.foreseen(session, office, ladder, days=mornings):
        head = leader(chased.person) if leader and chased.due.tells_head else None
        if head:
            yield Foreseen(mornings[-1], head, chased.ref, HEAD_TOLD)
        if step := chased.hears:
            yield Foreseen(mornings[-1], chased.person, chased.ref, step)


def foreseen_by(session: Session, office: Office, reader: Person, words: str = "") -> list[Foreseen]:
    """Today's and the next working days', as far as this reader may see them, of whom or which these words are."""
    today = office.today(session)
    days = office.rules.calendar.working_days_between(today, today + timedelta(days=14))[:DAYS_AHEAD]
    each_day = [foreseen(session, office, on=day) for day in days]
    return [
        each
        for day in each_day
        for each in day
        if reader.can_see_messages_of(each.to)
        and words.lower() in f"{each.to.name} {each.to.email} {each.about}".lower()
    ]


def steps_of(session: Session, notices: Sequence[Notice]) -> Mapping[Notice, str]:
    """Which step of its ladder each of these that is a reminder says."""
    reminders = [each for each in notices if each.kind in REMINDERS]
    taken = find.chasing.steps(session, [each.about for each in reminders])
    said = {
        each: [step.step for step in taken.get(each.about, []) if step.taken_at == each.made_at] for each in reminders
    }
    return {each: steps[-1] for each, steps in said.items() if steps}


def hold(session: Session, office: Office, number: int, by: Person, why: str) -> Notice:
    return _change(session, office, number, by, lambda notice: notice.hold(why, by=by))


def release(session: Session, office: Office, number: int, by: Person, _why: str = "") -> Notice:
    return _change(session, office, number, by, lambda notice: notice.let_go(by=by))


def drop(session: Session, office: Office, number: int, by: Person, why: str) -> Notice:
    return _change(session, office, number, by, lambda notice: notice.give_up(why, by=by))


def send_again(session: Session, office: Office, number: int, by: Person, _why: str = "") -> Notice:
    return _change(session, office, number, by, lambda notice: notice.send_again(by=by))


def _change(session: Session, office: Office, number: int, by: Person, step: Callable[[Notice], list[Fact]]) -> Notice:
    notice = find.outbox.by_number(session, number, to_change=True)
    journal.write(session, step(notice), by=by, at=office.now(session))
    return notice


def pause(session: Session, office: Office, by: Person) -> None:
    """Nothing goes out but what says that a child may be unsafe now, and links to sign in that somebody asked for."""
    switch = _to_switch(session, by)
    if not switch.paused:
        switch.paused = True
        journal.write(session, [MessagesPaused(about=MESSAGES, paused=True)], by=by, at=office.now(session))


def resume(session: Session, office: Office, by: Person) -> None:
    """Messages go out again, without a burst."""
    switch = _to_switch(session, by)
    if switch.paused:
        switch.paused = False
        make_way(session, office)
        journal.write(session, [MessagesPaused(about=MESSAGES, paused=False)], by=by, at=office.now(session))


def make_way(session: Session, office: Office) -> None:
    """After a standstill: of the same only the newest, and at night nothing but what goes at once."""
    now = office.now(session)
    find.outbox.drop_what_a_newer_one_says(session)
    if not is_reminding_time(now, office.rules):
        find.outbox.put_off(session, next_reminding_time(now, office.rules))


def is_refused(session: Session, office: Office, code: str) -> None:
    """Slack refuses the app itself: nobody's message is tried until it knows us again. Who runs the month is told."""
    runs_it = find.people.with_role(session, *RUNS_THE_MONTH, on=office.today(session))
    switch = find.notices.switch(session, to_change=True)
    facts = switch.refuse(code, real_now=office.real_now(), runs_it=runs_it)
    journal.write(session, facts, by=None, at=office.now(session))


def is_to_be_asked(session: Session, office: Office) -> bool:
    """Whether it is time to ask Slack whether it knows us; of several workers one asks."""
    switch, real_now = find.notices.switch(session, to_change=True), office.real_now()
    if not switch.is_to_be_asked(real_now=real_now):
        return False
    switch.was_asked(real_now=real_now)
    return True


def is_known_again(session: Session, office: Office) -> None:
    find.notices.switch(session, to_change=True).is_known_again()
    make_way(session, office)


def _to_switch(session: Session, by: Person) -> PostSwitch:
    if not by.can_change_messages():
        raise NotAllowed("Those who run the month pause messages.")
    return find.notices.switch(session, to_change=True)
