"""What people hear of an action's steps: who must answer with the buttons for it, who is told with what came of it."""

from bot.messages.actions import raised
from bot.messages.hours import in_the_hours
from bot.messages.settled import settled
from bot.views import action_steps as drawn
from bot.views.actions import acknowledge, open_action, settled_line
from bot.views.audits import to_the_pages
from bot.views.parts import Block, escaped, section
from programme import extending, looking_again, passing_on
from programme.actions import Action
from programme.extending import UNANSWERED
from programme.notices import Dropped, Letter, Notice
from storage import find
from storage.action_circle import decider, moderators_of
from storage.office import Office
from storage.session import Session


def time_asked(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For who decides on more time; what nobody answers changes nothing."""
    action, today = find.actions.by_ref(session, notice.about), office.today(session)
    asked = extending.waiting(find.action_steps.extensions(session, action))
    head = decider(session, action, notice.person, on=today)
    if asked is None or not action.is_open or not head.can_decide_on_action(action):
        return settled("settled meanwhile", f"*{action.ref}*: no more time is asked for. {_due(action)}")
    said = f"*{escaped(asked.asked_by.name)} asks for more time for an action*, until {asked.until:%A %-d %B}."
    return Letter(
        text="More time is asked for an action",
        blocks=[
            section(said, drawn.in_short(action, today)),
            section(f"The reason is on the pages. {UNANSWERED}"),
            drawn.decide_on_time(action),
            to_the_pages(),
        ],
    )


def time_given(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    return _to_its_owner(session, office, notice, "You have more time for this action")


def time_refused(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    return _to_its_owner(session, office, notice, "The date of this action stays")


def date_set(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    return _to_its_owner(session, office, notice, "This action has a new date")


def stands(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    said = "This action was looked at again, and stands"
    return _to_its_owner(session, office, notice, said, "The reason is on the pages.")


def changed(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Which parts of it changed; what it asks now stands on the pages."""
    parts = find.history.details(session, notice.about, notice.kind, at=notice.made_at).get("fields", "")
    said = " and ".join(PARTS.get(part, part) for part in parts.split(", ") if part)
    return _to_its_owner(session, office, notice, "This action was changed", f"Changed: {said or 'what it asks'}.")


PARTS = {
    "step": "what is to be done",
    "measure": "how it is measured",
    "priority": "the priority",
    "due_on": "the date",
}


def withdrawn(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    action = find.actions.by_ref(session, notice.about)
    if action.is_open:
        return Dropped("open again")
    return Letter(
        text="An action is withdrawn",
        blocks=[section(f"*{action.ref}* is withdrawn. You need not do it any more. The reason is on the pages.")],
    )


def passed_on(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For who was named: it is theirs once they accept."""
    action, today = find.actions.by_ref(session, notice.about), office.today(session)
    asked = passing_on.waiting(find.action_steps.passings(session, action))
    if asked is None or not action.is_open or not notice.person.can_accept_action(asked):
        return settled("settled meanwhile", f"*{action.ref}*: nobody asks you to take it any more.")
    return Letter(
        text="Is this action yours?",
        blocks=[
            section(f"*{escaped(asked.asked_by.name)} says that an action is yours.*", drawn.in_short(action, today)),
            section(f"Until you accept, it stays with {escaped(asked.owner.name)}. What is asked stands on the pages."),
            drawn.take_it(action),
            to_the_pages(),
        ],
    )


def to_place(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For who leads the owner; it falls due at the hour at which it was passed on, and can wait for a morning."""
    action, today = find.actions.by_ref(session, notice.about), office.today(session)
    asked = passing_on.waiting(find.action_steps.passings(session, action))
    head = decider(session, action, notice.person, on=today)
    if asked is None or not action.is_open or not head.can_decide_on_action(action):
        return settled("settled meanwhile", f"*{action.ref}*: it is with {escaped(action.owner.name)}.")
    said = f"{escaped(asked.named.name)} has not said whether it is theirs. Until somebody says so, it stays with"
    letter = Letter(
        text="Whose is this action?",
        blocks=[
            section(f"*{escaped(asked.owner.name)} says that an action belongs to someone else.*"),
            section(drawn.in_short(action, today), f"{said} {escaped(asked.owner.name)}."),
            drawn.say_whose(action),
            to_the_pages(),
        ],
    )
    return in_the_hours(session, office, notice.person, letter)


def taken_over(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """For who had it before."""
    action = find.actions.by_ref(session, notice.about)
    if action.owner.id == notice.person.id:
        return Dropped("theirs again")
    said = f"*{action.ref}* is with {escaped(action.owner.name)} now. It asks nothing more of you."
    return Letter(text="An action is with somebody else now", blocks=[section(said)])


def placed(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For who has it now, and for who had it before."""
    action = find.actions.by_ref(session, notice.about)
    return (raised if action.owner.id == notice.person.id else taken_over)(session, office, notice)


def not_taken(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    action = find.actions.by_ref(session, notice.about)
    if action.owner.id != notice.person.id:
        said = f"*{action.ref}* stays with {escaped(action.owner.name)}. It asks nothing of you."
        return Letter(text="An action is not yours", blocks=[section(said)])
    return _to_its_owner(session, office, notice, "This action stays with you")


def doubted(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For who moderated its audit."""
    action, today = find.actions.by_ref(session, notice.about), office.today(session)
    asked = looking_again.waiting(find.action_steps.looks(session, action))
    may = notice.person.can_settle(action, moderators_of(session, action, on=today))
    if asked is None or not action.is_open or not may:
        return settled("settled meanwhile", f"*{action.ref}*: this was answered.")
    said = f"*{escaped(asked.asked_by.name)} asks for an action to be looked at again.*"
    return Letter(
        text="An action is asked to be looked at again",
        blocks=[
            section(said, drawn.in_short(action, today)),
            section("Until you answer, it stands as it is."),
            drawn.look_and_answer(action),
            to_the_pages(),
        ],
    )


def _to_its_owner(session: Session, office: Office, notice: Notice, said: str, *lines: str) -> Letter | Dropped:
    """What its owner reads, while it is theirs and open."""
    action = find.actions.by_ref(session, notice.about)
    if not action.is_open or action.owner.id != notice.person.id:
        return settled("not theirs to do any more", settled_line(action))
    blocks: list[Block] = [section(f"*{said}.*", *lines), *open_action(action, office.today(session))]
    return Letter(text=said, blocks=[*blocks, *acknowledge([action]), to_the_pages()])


def _due(action: Action) -> str:
    return f"It is due on {action.due_on:%A %-d %B}." if action.is_open else "It is not open any more."
