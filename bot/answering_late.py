"""A late action in chat: what a Head of Service does about it, in one modal."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.answering_late import late_modal
from storage import answering_late


def on_late(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        action = answering_late.must_be_answered(session, call.office, call.value, me)
        return Answer(view=late_modal(action, today))


def on_late_sent(call: Call) -> Answer:
    what, to, why = call.filled(names.HOW_FIELD), call.chosen_day(names.UNTIL_FIELD), call.filled(names.WHY_FIELD)
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        return Answer(text=answering_late.answer(session, call.office, call.about, what, by=me, to=to, why=why))
