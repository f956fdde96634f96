"""Checks of confirmed actions in chat: what somebody is asked to look up, and their answer."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.checks import check_modal
from programme.checking import CheckAnswer
from programme.refusals import Refusal
from storage import checking, find


def on_check(call: Call) -> Answer:
    """The words of an action are shown to who was asked to check it, and to nobody else."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        check = find.checks.of_action(session, call.value)
        check.must_be_answered_by(me)
        return Answer(view=check_modal(check))


def on_check_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        find.checks.of_action(session, call.about).must_be_answered_by(me)
        answer = call.filled(names.ANSWER_FIELD)
        if answer == CheckAnswer.SHOWN:
            checking.shown(session, call.office, call.about, me)
            return Answer(text=f"Thank you. It is noted that the record shows {call.about}.")
        if answer != CheckAnswer.REOPENED:
            raise Refusal("Choose what the record shows.", field=names.ANSWER_FIELD)
        checking.reopen(session, call.office, call.about, call.filled(names.WORDS_FIELD), me)
    return Answer(text=f"{call.about} is open again. Its owner and their Head of Service are told.")
