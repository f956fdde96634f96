"""Those who work with a child speak first: before the record is read."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.beforehand import say_first_modal
from programme import beforehand
from programme.cases import FrameEntry
from programme.refusals import NotFound
from storage import find, sampling
from storage.session import Session

FIELDS = {
    "proud_of": names.PROUD_OF_FIELD,
    "got_in_the_way": names.IN_THE_WAY_FIELD,
    "may_be_asked": names.MAY_BE_ASKED_FIELD,
}


def on_say_first(call: Call) -> Answer:
    """What was said so far is shown to who said it, and to nobody else."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        entry = _entry(session, call.value)
        beforehand.must_be_asked(entry, me, returned=sampling.is_back(session, entry))
        return Answer(view=say_first_modal(entry, find.samples.said_by(session, entry, me)))


def on_say_first_sent(call: Call) -> Answer:
    said = {name: call.filled(field) for name, field in FIELDS.items()}
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        sampling.say_beforehand(session, call.office, _entry(session, call.about), said, me)
    return Answer(text="Thank you. Your words will stand first in the audit.")


def _entry(session: Session, reference: str) -> FrameEntry:
    found = find.cases.by_reference(session, reference)
    if found is None:
        msg = "We cannot find that record. Type /audit to see what is yours."
        raise NotFound(msg)
    return found
