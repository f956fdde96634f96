"""More time: its auditor has it once, and asks for more; their Head of Service gives it by one press."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.more_time import more_time_modal
from programme import more_time
from storage import more_time as kept


def on_more_time(call: Call) -> Answer:
    """The days to choose from; nothing is changed."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        allocation, days = kept.days(session, call.office, call.value, me)
        return Answer(view=more_time_modal(allocation, days, call.office.today(session)))


def on_more_time_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        to = call.listed_day(names.DAY_FIELD, ask="Choose the day on which it will be ready.")
        allocation = kept.have(session, call.office, call.about, to, me)
        if allocation.asked_until is not None:
            answer = more_time.answer_words(allocation, call.office.rules)
            return Answer(text=f"Your Head of Service is asked: {answer}")
        return Answer(text=f"Your audit is due on {allocation.due_on:%A %-d %B} now. Reminders follow the new date.")


def on_give(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = kept.give(session, call.office, call.value, me)
        return Answer(text=f"Given: {allocation.ref} is due on {allocation.due_on:%A %-d %B} now. Its auditor is told.")


def on_refuse(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = kept.refuse(session, call.office, call.value, me)
        return Answer(text=f"The date of {allocation.ref} stays. Its auditor is told.")
