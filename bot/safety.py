"""A child's safety in chat: somebody takes it in hand, says that the child is safe, and somebody else agrees."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.parts import escaped
from bot.views.safety import agree_modal, made_safe_modal
from programme.made_safe import Seen, must_be_agreed_by, must_be_said_by
from storage import alarming, find, made_safe


def on_have_this(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        alert = alarming.take(session, call.office, call.value, me)
        auditor = escaped(alert.raised_by.name)
    return Answer(
        text=(
            f"You have this, and the others are told so. Ring {auditor} now if you have not. See that the child is"
            " seen or made safe, and say here when they are: *Child seen or made safe* stands in the message."
        )
    )


def on_made_safe(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        alert = find.alerts.by_ref(session, call.value)
        must_be_said_by(alert, me, on=today)
        return Answer(view=made_safe_modal(alert, today))


def on_made_safe_sent(call: Call) -> Answer:
    day, hour = call.chosen_day(names.DAY_FIELD), call.filled(names.HOUR_FIELD)
    said = Seen.typed(call.filled(names.WORDS_FIELD), day, hour)
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        made_safe.say(session, call.office, call.about, said, me)
    return Answer(text="Thank you. It is noted, and a Head of Service who does not own this is asked to agree.")


def on_agree(call: Call) -> Answer:
    """What was said of the child is shown to who may agree, and to nobody else."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        alert = find.alerts.by_ref(session, call.value)
        must_be_agreed_by(alert, find.alerts.told(session, alert.ref), me)
        return Answer(view=agree_modal(alert))


def on_agree_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        made_safe.agree(session, call.office, call.about, me)
    return Answer(text="Thank you. The alert has come to its end, and everybody who was told of it hears so.")
