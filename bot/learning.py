"""How an audit was, and what somebody learnt from it: one question in chat."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.learning import learnt_modal
from storage import learning


def on_say_how(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        audit, after = learning.asked_of(session, call.value, me)
        return Answer(view=learnt_modal(audit, after, call.office.rules.policy.competency.from_answers))


def on_learnt_sent(call: Call) -> Answer:
    worth, words = call.filled(names.WORTH_FIELD), call.filled(names.WORDS_FIELD)
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        learning.say(session, call.office, call.about, worth, words, me)
    return Answer(text="Thank you. What you learnt stands in your own record, on the pages under Competency.")
