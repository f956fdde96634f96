"""Competency in chat: a Head of Service evaluates, leadership signs off, the Head of Quality takes the last step."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.competency import evaluate_modal, sign_off_modal
from programme.competency import Evaluated
from programme.refusals import NotAllowed
from programme.standing import FOR_QUALITY
from storage import competency, find

YES_OR_NO = {"yes": True, "no": False}


def on_evaluate(call: Call) -> Answer:
    """What was said of an auditor is shown to whom it is for, and to nobody else."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        found, audits = competency.to_evaluate(session, call.value, me)
        return Answer(view=evaluate_modal(found, [each.ref for each in reversed(audits)]))


def on_evaluate_sent(call: Call) -> Answer:
    said = Evaluated(
        evidence=call.filled(names.EVIDENCE_FIELD),
        words=call.filled(names.WORDS_FIELD),
        recommends=YES_OR_NO.get(call.filled(names.RECOMMENDS_FIELD)),
        audits=call.all_filled(names.RESTS_ON_FIELD),
    )
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        competency.evaluate(session, call.office, call.about, said, me)
    return Answer(text="Thank you. Your evaluation is kept. The auditor may read it, and answer.")


def on_sign_off(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        return Answer(view=sign_off_modal(competency.for_leadership(session, call.value, me)))


def on_sign_off_sent(call: Call) -> Answer:
    words, agrees = call.filled(names.WORDS_FIELD), YES_OR_NO.get(call.filled(names.AGREES_FIELD))
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        competency.decide(session, call.office, call.about, words, me, agrees=agrees)
    return Answer(text="Thank you. It is kept, and the auditor is told.")


def on_join_core(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        if not me.can_steer_competency():
            raise NotAllowed(FOR_QUALITY)
        found = find.competency.candidacy(session, call.value)
        competency.join_core(session, call.office, found.person, me)
    return Answer(text="Done: they are of the core group from today, and they are told.")
