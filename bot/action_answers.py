"""What others answer to an owner's steps: more time, Accept or Decline, whose it is, and whether it stands."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views import action_steps as drawn
from programme.action_words import Looked
from programme.looking_again import Answered, Change
from programme.words import Priority
from storage import extending, looking_again, passing_on


def on_give(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        action = extending.approve(session, call.office, call.value, me)
        return Answer(text=f"Given: {action.ref} is due on {action.due_on:%A %-d %B} now. Its owner is told.")


def on_keep_date(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        action = extending.refuse(session, call.office, call.value, me)
        return Answer(text=f"The date of {action.ref} stays. Its owner is told.")


def on_take(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        action = passing_on.accept(session, call.office, call.value, by=me)
        return Answer(text=f"{action.ref} is yours now, due on {action.due_on:%A %-d %B}.")


def on_decline(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        action = passing_on.decline(session, call.office, call.value, by=me)
        return Answer(text=f"{action.ref} stays with {action.owner.name}, who is told.")


def on_place(call: Call) -> Answer:
    """Who there is to choose from; nothing is changed."""
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        action, people = passing_on.must_be_placed(session, call.office, call.value, me)
        return Answer(view=drawn.place_modal(action, people, today))


def on_place_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        action = passing_on.place(session, call.office, call.about, call.filled(names.NAMED_FIELD), by=me)
        return Answer(text=f"{action.ref} is with {action.owner.name}. They are told.")


def on_answer(call: Call) -> Answer:
    """The words of the action and of who asks are shown to who may answer, and to nobody else."""
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        asked = looking_again.must_be_answered(session, call.office, call.value, me)
        return Answer(view=drawn.answer_modal(asked, today))


def on_answer_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        action = looking_again.answer(session, call.office, call.about, _said(call), by=me)
        return Answer(text=f"Thank you. The owner of {action.ref} is told.")


def _said(call: Call) -> Answered:
    how, priority = call.filled(names.HOW_FIELD), call.filled(names.PRIORITY_FIELD)
    change = Change(
        call.filled(names.STEP_FIELD),
        call.filled(names.MEASURE_FIELD),
        Priority(priority) if priority in set(Priority) else None,
        call.chosen_day(names.DUE_ON_FIELD),
    )
    return Answered(Looked(how) if how in set(Looked) else None, call.filled(names.WHY_FIELD), change)
