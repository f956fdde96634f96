"""What is said of a roll check: the question in every state of it, and who is said to have joined."""

from bot.messages.settled import settled
from bot.views import roll_check as drawn
from bot.views.audits import to_the_pages
from bot.views.parts import escaped, section
from programme import chasing
from programme.notices import Dropped, Letter, Notice
from storage import find, roll_checking
from storage.office import Office
from storage.session import Session


def asked(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """The list as it is now; what stands in its place once it is answered, or the month has begun."""
    check, today = find.roll_checks.by_ref(session, notice.about), office.today(session)
    window = roll_checking.window_of(session, office, check.month)
    if check.answered_at is not None:
        return settled("answered", drawn.answered_line(check))
    if today >= window.first:
        return settled("the month has begun", drawn.answered_line(check))
    [reader] = find.people.with_absences(session, [notice.person.id or 0])
    if not reader.can_answer_roll_check(check, today):
        return settled("not theirs to answer", f"*{escaped(check.service.name)}*: this list is with somebody else now.")
    if not notice.stamp and not (reader.is_at_work_on(today) and _is_time(session, office)):
        return Dropped("not now", until=chasing.next_reminding_time(office.now(session), office.rules))
    people = roll_checking.on_the_list(session, check.service, window)
    days = office.rules.calendar.working_days_between(window.first, window.last)
    return Letter(text="Is your list of people still right?", blocks=drawn.asked(check, people, days, window))


def _is_time(session: Session, office: Office) -> bool:
    return chasing.is_reminding_time(office.now(session), office.rules)


def joiner_named(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """Those of whom it was said that they have joined and who are not on the list yet."""
    check = find.roll_checks.by_ref(session, notice.about)
    missing = [each for each in check.joiners if find.people.by_email(session, each["email"]) is None]
    service = escaped(check.service.name)
    if not missing:
        return settled("on the list by now", f"*Who has joined {service}* is on the list now. Thank you.")
    lines = [f"{escaped(each['name'])}, {escaped(each['email'])}" for each in missing]
    return Letter(
        text="Somebody has joined a service",
        blocks=[
            section(f"*{service} says that somebody has joined* and asks you to bring them onto the list.", *lines),
            to_the_pages(),
        ],
    )
