"""An auditor's own audits: open the form, say why not, sign in."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.audits import link_modal, reason_modal
from programme.facts import SignInLinkMade
from programme.people import Person
from programme.refusals import Refusal
from programme.sign_in import SignInLink
from programme.words import Reason, Role
from storage import find, journal
from storage.office import Office
from storage.session import Session


def on_open_form(call: Call) -> Answer:
    """A link to this audit's form, for its holder, for ten minutes."""
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.value)
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
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.value)
        allocation.must_be_open_to(me)
        return Answer(view=reason_modal(allocation, call.office.today(session)))


def on_reason_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.about, to_change=True)
        administrators = find.people.with_role(session, Role.ADMINISTRATOR, on=call.office.today(session))
        facts = allocation.give_reason(
            _reason(call), call.filled(names.WORDS_FIELD), by=me, administrators=administrators
        )
        journal.write(session, facts, by=me, at=call.office.now(session))
    return Answer(text="Thank you for saying so. The administrator knows and will be in touch.")


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
    made, secret = SignInLink.make(me, leads_to=leads_to, at=office.real_now())
    session.add(made)
    journal.write(session, [SignInLinkMade(about=me.reference, by_way_of="chat")], by=me, at=office.now(session))
    return office.link(f"/sign-in/{secret}")
