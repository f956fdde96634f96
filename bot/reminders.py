"""Answers to a reminder: on its way, not today, sent already. And who is late, for those who run the month."""

from bot import names, who
from bot.admin import must_run_the_month
from bot.listening import Answer, Call
from bot.views.parts import section
from bot.views.reminders import last_sent, listed, remind_me_modal, sent_it_modal
from storage import answering, find


def on_track(call: Call) -> Answer:
    """Noted in the history, and thanked for."""
    with call.office.record.writing() as session:
        answering.on_track(session, call.office, call.value, who.person(session, call.office, call.user))
    return Answer(text="Thank you. It is noted that your audit is on its way.")


def on_remind_me(call: Call) -> Answer:
    """The days to choose from; nothing is changed."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        allocation, days = answering.days_to_name(session, call.office, call.value, me)
        return Answer(view=remind_me_modal(allocation, days, call.office.today(session)))


def on_remind_me_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        to = call.listed_day(names.DAY_FIELD, ask="Choose the day on which we remind you.")
        answering.remind_on(session, call.office, call.about, to, me)
    return Answer(text=f"We remind you on {to:%A %-d %B}, and not before. The date of the audit stays.")


def on_sent_it(call: Call) -> Answer:
    """Thanked for, or what is missing. Nothing is changed."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        return Answer(view=sent_it_modal(answering.has_come(session, call.value, me)))


def on_chase(call: Call) -> Answer:
    """Who is late, and what they were last sent: for those who run the month."""
    with call.office.record.reading() as session:
        must_run_the_month(session, call)
        today = call.office.today(session)
        refs = find.chasing.audits_late(session, on=today)
        steps = find.chasing.steps(session, refs)
        audits = find.chasing.audits(session, refs)
        lines = [section(last_sent(each, steps.get(each.ref, []), today)) for each in audits]
    if not lines:
        return Answer(text="Nobody is late. Nothing waits for you here.")
    return Answer(text="Who is late", blocks=[section(f"*{len(lines)} late*"), *listed(lines)])
