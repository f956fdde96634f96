"""A roll check answered in chat: **All correct**, or one thing after another put right."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.roll_check import change_modal
from programme.calendar import month_name
from programme.refusals import Refusal
from programme.roll_check import Change, Changed
from storage import find, roll_checking


def on_all_correct(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        check = roll_checking.confirm(session, call.office, call.value, me)
    return Answer(text=f"Thank you. The list for {month_name(check.month)} is confirmed.")


def on_change_list(call: Call) -> Answer:
    """What may be wrong; nothing is changed."""
    with call.office.record.reading() as session:
        me, today = who.person(session, call.office, call.user), call.office.today(session)
        check = find.roll_checks.by_ref(session, call.value)
        window = roll_checking.window_of(session, call.office, check.month)
        check.must_be_open_to(me, on=today, window=window)
        return Answer(view=change_modal(check, roll_checking.on_the_list(session, check.service, window), today))


def on_change_list_sent(call: Call) -> Answer:
    said = Changed(
        _what(call),
        who=call.filled(names.WHO_FIELD),
        first_day=call.chosen_day(names.FIRST_DAY_FIELD),
        last_day=call.chosen_day(names.LAST_DAY_FIELD),
        name=call.filled(names.NAME_FIELD),
        email=call.filled(names.EMAIL_FIELD),
    )
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        roll_checking.change(session, call.office, call.about, said, me)
    if said.change is Change.JOINED:
        return Answer(text="Thank you. The administrator is asked to bring them onto the list.")
    return Answer(text="Thank you, that is changed. When the list is right, press All correct.")


def _what(call: Call) -> Change:
    try:
        return Change(call.filled(names.WHAT_FIELD))
    except ValueError as error:
        msg = "Choose what is not right."
        raise Refusal(msg, field=names.WHAT_FIELD) from error
