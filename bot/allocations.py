"""An auditor's own audits: open the form, say why not, sign in."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.audits import link_modal, reason_modal, what_may_help
from programme.allocations import Allocation
from programme.more_time import may_be_had
from programme.people import Person
from programme.refusals import Refusal
from programme.words import Reason
from storage import coming_in, find, reasons
from storage.office import Office
from storage.session import Session


def on_open_form(call: Call) -> Answer:
    """A link to this audit's form, for its holder, for ten minutes; also where it was sent back to them."""
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.value)
        moderation = find.moderations.of_audit(session, allocation.ref)
        if moderation is None or not moderation.is_back_with(me):
            allocation.must_be_open_to(me)
        address = link_for(session, call.office, me, f"/returns/{allocation.token}")
    return Answer(
        view=link_modal("Open the form", f"The form for {allocation.ref} is ready.", "Go to the form", address)
    )


def on_sign_in(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        address = link_for(session, call.office, me, "/")
    return Answer(view=link_modal("Sign in", "The pages show what is yours.", "Go to the pages", address))


def on_cannot_do(call: Call) -> Answer:
    """What stops its holder; or why it is late, from who leads them. Nothing is changed."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        allocation = _led(session, call.value)
        allocation.must_take_a_reason_from(me)
        return Answer(view=reason_modal(allocation, call.office.today(session), own=allocation.holder is me))


def on_reason_sent(call: Call) -> Answer:
    """Kept; and the way to what may help."""
    reason = _reason(call)
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = reasons.give(session, call.office, call.about, reason, call.filled(names.WORDS_FIELD), me)
        if allocation.holder is not me:
            return Answer(text=f"Noted for {allocation.ref}: its auditor is not reminded of it any more.")
        at, rules = call.office.now(session), call.office.rules
        more = allocation.is_open and may_be_had(allocation, at=at, rules=rules)
        return Answer(view=what_may_help(allocation, reason, call.office.today(session), may_have_more_time=more))


def _led(session: Session, ref: str) -> Allocation:
    """An audit with who leads its holder."""
    find.allocations.by_ref(session, ref)  # says so where there is none
    [allocation] = find.chasing.audits(session, [ref])
    return allocation


def on_link_followed(_call: Call) -> Answer:
    """Slack has opened the link; there is nothing to do."""
    return Answer()


def _reason(call: Call) -> Reason:
    try:
        return Reason(call.filled(names.REASON_FIELD))
    except ValueError as error:
        msg = "Choose what stops you."
        raise Refusal(msg, field=names.REASON_FIELD) from error


def link_for(session: Session, office: Office, me: Person, leads_to: str) -> str:
    return coming_in.link_for(session, office, me, by_way_of="chat", by=me, leads_to=leads_to)
