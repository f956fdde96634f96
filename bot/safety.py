"""'I have this': somebody takes a child's safety in hand."""

from bot import who
from bot.listening import Answer, Call
from bot.views.parts import escaped
from storage import alarming


def on_have_this(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        alert = alarming.take(session, call.office, call.value, me)
        auditor = escaped(alert.raised_by.name)
    return Answer(
        text=(
            f"You have this, and the others are told so. Ring {auditor} now if you have not. See that the child is"
            " seen or made safe; the immediate action is confirmed when they are."
        )
    )
