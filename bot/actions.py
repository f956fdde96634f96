"""Actions: what a Team Manager still has to do for a child, and saying that it is done."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.actions import confirm_modal, my_actions
from bot.views.audits import to_the_pages
from bot.views.checks import my_checks
from bot.views.home_parts import NO_ACTION
from bot.views.parts import section
from programme.actions import Confirmation, by_urgency
from storage import acting, find


def on_my_actions(call: Call) -> Answer:
    """`/audit actions`: mine, and those of whom I stand in for, the most urgent first; then what I check."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        today = call.office.today(session)
        mine = by_urgency(find.actions.that_may_be_confirmed_by(session, me, today), at=call.office.now(session))
        blocks = [*my_actions(mine, today, me), *my_checks(find.checks.waiting_for(session, me), today)]
    return Answer(text="Your actions", blocks=[*(blocks or [section(NO_ACTION)]), to_the_pages()])


def on_confirm(call: Call) -> Answer:
    """The words of an action are shown to whom it belongs, and to nobody else."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        action = find.actions.by_ref(session, call.value)
        action.must_be_open_to(me, call.office.today(session))
        return Answer(view=confirm_modal(action, call.office.now(session)))


def on_confirm_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        acting.confirm(session, call.office, call.about, _said(call), by=me)
    return Answer(text=f"Thank you. {call.about} is done, and the auditor is told that it is.")


def on_acknowledge(call: Call) -> Answer:
    """All that one audit asks of one owner, by one press."""
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        many = len(acting.acknowledge(session, call.office, call.value, by=me))
    return Answer(text="Thank you. It is noted." if many == 1 else f"Thank you. All {many} are acknowledged.")


def _said(call: Call) -> Confirmation:
    return Confirmation(
        done=call.filled(names.DONE_FIELD),
        done_on=call.chosen_day(names.DONE_ON_FIELD),
        changed=call.filled(names.CHANGED_FIELD),
        recorded_on=call.chosen_day(names.RECORDED_ON_FIELD),
        recorded_where=call.filled(names.RECORDED_WHERE_FIELD),
    )
