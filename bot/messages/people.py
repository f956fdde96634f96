"""What is told when people move on: what is open with them, the place they left, and an account that was closed."""

from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.parts import escaped, section, to_ask
from programme.accounts import what_became_of
from programme.notices import Dropped, Letter, Notice
from storage import find, handing_on
from storage.office import Office
from storage.session import Session


def work_to_hand_on(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """To the administrator: how much is open with somebody who cannot finish it, and who that is."""
    person = find.people.by_reference(session, notice.about)
    still_open = handing_on.still_open(session, person)
    who = escaped(person.name)
    if not still_open.said:
        return settled("nothing is open any more", f"*Nothing is open with {who} any more.* Thank you.")
    if person.ends is None:
        because = f"*What is open with {who} goes to somebody else.*"
    else:
        gone = "moved" if person.ends < office.today(session) else "moves"
        because = f"*{who} {gone} on after {person.ends:%A %-d %B}.*"
    return Letter(
        text="Something is open with somebody who cannot finish it",
        blocks=[
            section(
                because,
                f"Open with them: {still_open.said}. Choose on the page People who takes it on."
                " What is still there on the first day without them goes to whoever has room.",
            ),
            to_the_pages(),
        ],
    )


def place_empty(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """To a Head of Service: who takes a place in the rota that somebody left."""
    place, today = find.vacancies.by_ref(session, notice.about), office.today(session)
    group = escaped(place.group.name if place.group else "the rota")
    if place.filled_by is not None:
        return settled("taken", f"*The place in {group} is taken*: {escaped(place.filled_by.name)}. Thank you.")
    return Letter(
        text="A place in the rota is empty",
        blocks=[
            section(
                f"*A place in {group} is {place.age(today)}*: {escaped(place.left.name)} has moved on.",
                f"Who takes it? Tell {escaped(to_ask(office.rules.policy.programme))}.",
            )
        ],
    )


def account_gone(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    person = find.people.by_reference(session, notice.about)
    who = escaped(person.name)
    if person.slack_gone_on is None or person.ends is not None:
        return settled("settled meanwhile", f"*{who}*: the closed Slack account is settled. Thank you.")
    return Letter(
        text=f"A Slack account {what_became_of(person)}",
        blocks=[
            section(
                f"*{who}'s Slack account {what_became_of(person)}*, so messages no longer reach them.",
                "Have they moved on? Say their last day on the page People.",
            ),
            to_the_pages(),
        ],
    )
