"""Outcomes in chat: acknowledged and answered by who was sent them, and sent by who runs the month."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.outcomes import all_as_shown_modal, answer_modal
from programme.outcome_words import SaidKind
from programme.refusals import NotAllowed, Refusal
from storage import find, outcomes

NOT_YOURS_TO_SEND = "Those who run the month send outcomes. Type /audit to see what is yours."


def on_acknowledge(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        found = outcomes.acknowledge(session, call.office, call.value, by=me)
        return Answer(text=f"Thank you. It is noted that you have the outcome of {found.allocation.ref}.")


def on_answer(call: Call) -> Answer:
    """The words are asked for; nothing is changed."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        found, rules = find.outcomes.must_be(session, call.value), call.office.rules
        found.must_be_answerable_by(me, at=call.office.now(session), rules=rules)
        return Answer(view=answer_modal(found, found.closes_on(rules)))


def on_answer_sent(call: Call) -> Answer:
    kind = call.filled(names.KIND_FIELD)
    if kind not in set(SaidKind):
        msg = "Choose what it is."
        raise Refusal(msg, field=names.KIND_FIELD)
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        words = call.filled(names.WORDS_FIELD)
        found = outcomes.say(session, call.office, call.about, SaidKind(kind), words, by=me)
        whom = "Its auditor is" if kind == SaidKind.ANSWER else "Those who moderated it are"
        return Answer(text=f"Thank you. Your words stand beside {found.allocation.ref}. {whom} told.")


def on_all_as_shown(call: Call) -> Answer:
    """What would go to whom; nothing is sent yet."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        if not me.can_send_outcomes():
            raise NotAllowed(NOT_YOURS_TO_SEND)
        found, mark = outcomes.unchanged(session, call.office, call.value)
        if not found:
            return Answer(text="Nothing waits that could go as it is. What changed is sent on the page.")
        return Answer(view=all_as_shown_modal(found, call.value, mark))


def on_all_as_shown_sent(call: Call) -> Answer:
    month, _, mark = call.about.partition(" ")
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        if not me.can_send_outcomes():
            raise NotAllowed(NOT_YOURS_TO_SEND)
        sent = outcomes.send_as_shown(session, call.office, month, by=me, seen=mark)
        many = "1 outcome is" if len(sent) == 1 else f"{len(sent)} outcomes are"
        return Answer(text=f"{many} sent. Everybody whom they concern gets one message in the next minute.")
