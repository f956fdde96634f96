"""Answers to a reminder: it is on its way, or needs more time. And who is late, for those who run the month."""

from datetime import date

from bot import names, who
from bot.admin import must_run_the_month
from bot.listening import Answer, Call
from bot.views.parts import section
from bot.views.reminders import last_sent, listed, more_time_modal
from programme import reminders
from programme.refusals import Refusal
from storage import find, journal


def on_track(call: Call) -> Answer:
    """Noted in the history, and thanked for."""
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.value, to_change=True)
        journal.write(session, reminders.on_track(allocation, by=me), by=me, at=call.office.now(session))
    return Answer(text="Thank you. It is noted that your audit is on its way.")


def on_more_time(call: Call) -> Answer:
    """The days to choose from; nothing is changed."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.value)
        at = call.office.now(session)
        days = reminders.must_allow_more_time(allocation, by=me, at=at, rules=call.office.rules)
        return Answer(view=more_time_modal(allocation, days, call.office.today(session)))


def on_more_time_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.about, to_change=True)
        at, to = call.office.now(session), _day(call)
        rows, facts = reminders.extend(allocation, to, by=me, at=at, rules=call.office.rules)
        session.add_all(rows)
        journal.write(session, facts, by=me, at=at)
    return Answer(text=f"Your audit is due on {to:%A %-d %B} now. Reminders follow the new date.")


def on_chase(call: Call) -> Answer:
    """Who is late, and what they were last sent: for those who run the month."""
    with call.office.record.reading() as session:
        must_run_the_month(session, call)
        today = call.office.today(session)
        refs = find.chasing.audits_late(session, on=today)
        steps = find.chasing.steps(session, refs)
        lines = [last_sent(each, steps.get(each.ref, []), today) for each in find.chasing.audits(session, refs)]
    if not lines:
        return Answer(text="Nobody is late. Nothing waits for you here.")
    return Answer(text="Who is late", blocks=[section(f"*{len(lines)} late*"), *listed(lines)])


def _day(call: Call) -> date:
    try:
        return date.fromisoformat(call.filled(names.DAY_FIELD))
    except ValueError as error:
        msg = "Choose the day on which it will be ready."
        raise Refusal(msg, field=names.DAY_FIELD) from error
