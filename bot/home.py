"""App Home: what it shows each account, and that somebody has opened it."""

from contextlib import suppress

from bot import who
from bot.home_by_role import offered, parts_for
from bot.home_look import Look
from bot.listening import Answer, Call
from bot.views.home import closing, home, page
from bot.views.home_parts import FOR_A_SOCIAL_WORKER, NOTHING_YET
from bot.views.parts import Block, escaped, section
from programme.people import Person
from programme.refusals import Refusal
from programme.words import Role
from storage import find, homes
from storage.office import Office
from storage.session import Conflict, Session


def on_home_opened(call: Call) -> Answer:
    """The worker draws it in the next second; until then it stands as it was left."""
    event = call.body["event"]
    if event.get("tab", "home") == "home":
        with suppress(Conflict), call.office.record.writing() as session:  # opened twice at once: it is open
            homes.opened(session, call.user, shows_something=bool(event.get("view")))
            known = find.people.by_slack(session, call.user) is not None
        if not known:
            who.note_knock(call.office, call.account)
    return Answer()


def drawn_for(session: Session, office: Office, account: str) -> Block:
    """What App Home shows this Slack account; for who may not see one a kind no, and nothing of anybody."""
    try:
        return view_for(session, office, who.person(session, office, account))
    except Refusal as refusal:
        return home([section(escaped(refusal.sentence))])


def view_for(session: Session, office: Office, person: Person) -> Block:
    """The whole App Home of one person, a complete view."""
    look = Look.of(session, office, person)
    empty = FOR_A_SOCIAL_WORKER if Role.SOCIAL_WORKER in person.roles else NOTHING_YET
    end = closing(office.rules.policy.programme, offered(look))
    return page(person.name, parts_for(look), empty, end)
