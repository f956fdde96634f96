"""The month, for those who run it: look at it, allocate, give out."""

from bot import who
from bot.listening import Answer, Call
from bot.views.parts import section
from bot.views.round import Standing, preview_modal, round_now
from programme.people import Person
from programme.refusals import NotAllowed
from programme.words import AllocationState
from storage import allocating, find, moderation_day, month
from storage.office import Office
from storage.session import Session

NO_ROUND = "No round is open."
HOW_TO_OPEN = "Open one on the server: `flask round open YYYY-MM --theme … --group …`"


def round_answer(session: Session, office: Office, me: Person) -> Answer:
    """The month under way; its buttons only for those who may press them."""
    of = find.rounds.current(session)
    if of is None:
        said = f"{NO_ROUND} {HOW_TO_OPEN}" if me.can_run_rounds() else NO_ROUND
        return Answer(text=said, blocks=[section(said)])
    frame, drawn = find.cases.frame_counts(session, of.month)
    standing = Standing(
        frame=frame,
        drawn=drawn,
        unallocated=len(find.cases.waiting_for_an_auditor(session, of.month)),
        planned=len(find.allocations.in_state(session, of, AllocationState.PLANNED)),
        account=find.rounds.account_of(session, of),
        to_pair=moderation_day.to_pair(session, office, of),
    )
    return Answer(text=f"{of.name}: how it stands", blocks=round_now(of, standing, runs_it=me.can_run_rounds()))


def on_allocate(call: Call) -> Answer:
    """Show the preview; nothing is changed."""
    with call.office.record.reading() as session:
        must_run_the_month(session, call)
        of = find.rounds.of_month(session, call.value)
        return Answer(view=preview_modal(of, allocating.preview(session, call.office, of.month)))


def on_allocate_sent(call: Call) -> Answer:
    """What was seen is what is done: a preview that would come out otherwise by now is refused."""
    asked, _, seen = call.about.partition(" ")
    with call.office.record.writing() as session:
        me = must_run_the_month(session, call)
        done = allocating.allocate(session, call.office, asked, me, seen=seen)
    return Answer(text=f"{done.said}. Nobody has been told yet: type `/audit round` to give them out.")


def on_give_out(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = must_run_the_month(session, call)
        given = month.give_out(session, call.office, call.value, me)
    return Answer(text=f"{len(given)} given out. Each auditor gets one message in the next minute.")


def must_run_the_month(session: Session, call: Call) -> Person:
    me = who.person(session, call.office, call.user)
    if not me.can_run_rounds():
        msg = "The administrator and the Head of Quality run the month. Type /audit to see what is yours."
        raise NotAllowed(msg)
    return me
