"""An owner's steps beside confirming: supervision, more time, whose it is, and asking for it to be looked at again."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views import action_steps as drawn
from programme.action_words import Extending
from programme.extending import UNANSWERED, Wanted, latest
from storage import acting, extending, find, looking_again, passing_on


def on_more(call: Call) -> Answer:
    """What else can be said of it; nothing is changed."""
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        action = find.actions.by_ref(session, call.value)
        action.must_be_open_to(me, today)
        return Answer(view=drawn.more_steps(action, today))


def on_in_supervision(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        action = find.actions.by_ref(session, call.value)
        action.must_be_open_to(me, today)
        return Answer(view=drawn.supervision_modal(action, today))


def on_supervision_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        action = acting.discuss(session, call.office, call.about, call.chosen_day(names.DAY_FIELD), by=me)
        return Answer(text=f"Noted: {action.ref} was discussed in supervision on {action.discussed_on:%A %-d %B}.")


def on_need_time(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        action, own = extending.must_be_had(session, call.office, call.value, me)
        return Answer(view=drawn.need_time_modal(action, latest(action, call.office.rules) if own else None, today))


def on_need_time_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        wanted = Wanted(call.chosen_day(names.UNTIL_FIELD), call.filled(names.WHY_FIELD))
        asked = extending.ask(session, call.office, call.about, wanted, me)
        if asked.state is Extending.WAITING:
            return Answer(text=f"Your Head of Service is asked. {UNANSWERED}")
        return Answer(text=f"{call.about} is due on {asked.until:%A %-d %B} now. The first date is kept.")


def on_belongs_elsewhere(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        action, people = passing_on.must_be_passed(session, call.office, call.value, me)
        return Answer(view=drawn.belongs_modal(action, people, today))


def on_belongs_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        named, why = call.filled(names.NAMED_FIELD), call.filled(names.WHY_FIELD)
        asked = passing_on.pass_on(session, call.office, call.about, named, why, by=me)
        return Answer(text=f"{asked.named.name} is asked. Until they accept, it stays with {asked.owner.name}.")


def on_look_again(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        action = looking_again.must_be_doubted(session, call.office, call.value, me)
        return Answer(view=drawn.look_again_modal(action, today))


def on_look_again_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        looking_again.doubt(session, call.office, call.about, call.filled(names.WORDS_FIELD), by=me)
    return Answer(text="Those who moderated the audit are asked. Until they answer, it stands as it is.")
