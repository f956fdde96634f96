"""The steps of an action as modals and buttons: more time, whose it is, supervision, looking again, and the answers."""

from collections.abc import Sequence
from datetime import date

from bot import names
from bot.views.actions import when_due
from bot.views.parts import (
    Block,
    button,
    buttons,
    choice,
    date_field,
    escaped,
    modal,
    quiet,
    section,
    words_field,
)
from programme.action_words import LOOKED_LABELS
from programme.actions import Action
from programme.extending import UNANSWERED
from programme.looking_again import LookAgain
from programme.people import Person
from programme.words import Priority

CHOICES = 100
"""As many names as Slack lists to choose from; they are searched by typing."""
NO_NAMES = "Please write no names: say the child, the mother, the worker."


def more_steps(action: Action, today: date) -> Block:
    """What can be said of an action beside that it is done."""
    steps = [
        button("Discussed in supervision", names.IN_SUPERVISION, action.ref),
        *([] if action.priority is Priority.IMMEDIATE else [button("More time needed", names.NEED_TIME, action.ref)]),
        button("Belongs to someone else", names.BELONGS_ELSEWHERE, action.ref),
        button("Ask for this to be looked at again", names.LOOK_AGAIN, action.ref),
    ]
    return modal("This action", [_which(action, today), buttons(f"{names.STEPS_BLOCK} {action.ref}", steps)])


def supervision_modal(action: Action, today: date) -> Block:
    return modal(
        "In supervision",
        [
            _which(action, today),
            date_field(names.DAY_FIELD, "On which day did you speak of it?", today),
            quiet("The day is kept with the action; the child's social worker sees it."),
        ],
        view=names.SUPERVISION_VIEW,
        send="Save",
        about=action.ref,
    )


def need_time_modal(action: Action, latest: date | None, today: date) -> Block:
    """`latest`: how far its owner may move it by themselves; none where somebody else decides."""
    said = (
        f"You can move the date once yourself, to {latest:%A %-d %B} at the latest. The first date is kept."
        if latest
        else f"Your Head of Service is asked. {UNANSWERED}"
    )
    return modal(
        "More time needed",
        [
            _which(action, today),
            quiet(said),
            date_field(names.UNTIL_FIELD, "By when will it be done?", None),
            words_field(names.WHY_FIELD, "Why does it take longer?"),
            quiet(NO_NAMES),
        ],
        view=names.NEED_TIME_VIEW,
        send="Move the date" if latest else "Ask for it",
        about=action.ref,
    )


def belongs_modal(action: Action, people: Sequence[Person], today: date) -> Block:
    return modal(
        "Belongs to someone else",
        [
            _which(action, today),
            _whose(people),
            words_field(names.WHY_FIELD, "Why is it theirs?"),
            quiet(f"It stays with you until they accept. {NO_NAMES}"),
        ],
        view=names.BELONGS_VIEW,
        send="Ask them",
        about=action.ref,
    )


def place_modal(action: Action, people: Sequence[Person], today: date) -> Block:
    """Its owner stands first: it may stay with them."""
    return modal(
        "Whose is it?",
        [_which(action, today), _whose(people)],
        view=names.PLACE_VIEW,
        send="Save",
        about=action.ref,
    )


def look_again_modal(action: Action, today: date) -> Block:
    return modal(
        "Look at this again",
        [
            _which(action, today),
            words_field(names.WORDS_FIELD, "What should be looked at again?"),
            quiet(f"It goes to those who moderated the audit. Until they answer, it stands. {NO_NAMES}"),
        ],
        view=names.LOOK_AGAIN_VIEW,
        send="Ask",
        about=action.ref,
    )


def answer_modal(asked: LookAgain, today: date) -> Block:
    """Whoever opens it may read what is asked; it is shown to nobody else."""
    action = asked.action
    fields = [
        choice(names.HOW_FIELD, "What comes of it?", [(how.value, words) for how, words in LOOKED_LABELS.items()]),
        words_field(names.WHY_FIELD, "Why? Its owner reads this."),
        words_field(names.STEP_FIELD, "If changed: what is to be done", optional=True),
        words_field(names.MEASURE_FIELD, "If changed: it worked if", optional=True),
        choice(
            names.PRIORITY_FIELD, "If changed: priority", [(each.value, each.value) for each in Priority], optional=True
        ),
        date_field(names.DUE_ON_FIELD, "If changed: by when", None, optional=True),
    ]
    return modal(
        "Look at this again",
        [
            _which(action, today),
            section("*What is to be done*", escaped(action.step)),
            section("*What is asked*", escaped(asked.words)),
            *fields,
            quiet(f"What you leave empty stays as it is. {NO_NAMES}"),
        ],
        view=names.ANSWER_VIEW,
        send="Send the answer",
        about=action.ref,
    )


def decide_on_time(action: Action) -> Block:
    """Approve, or not this time."""
    return buttons(
        f"{names.ACTION_BLOCK} {action.ref}",
        [
            button("Approve", names.GIVE_ACTION_TIME, action.ref, primary=True),
            button("Not this time", names.KEEP_DATE, action.ref),
        ],
    )


def take_it(action: Action) -> Block:
    """Accept or decline what somebody says is theirs."""
    return buttons(
        f"{names.ACTION_BLOCK} {action.ref}",
        [
            button("Accept", names.TAKE_ACTION, action.ref, primary=True),
            button("Decline", names.DECLINE_ACTION, action.ref),
        ],
    )


def say_whose(action: Action) -> Block:
    return buttons(
        f"{names.ACTION_BLOCK} {action.ref}",
        [button("Say whose it is", names.PLACE_ACTION, action.ref, primary=True)],
    )


def look_and_answer(action: Action) -> Block:
    return buttons(
        f"{names.ACTION_BLOCK} {action.ref}", [button("Answer", names.ANSWER_LOOK, action.ref, primary=True)]
    )


def in_short(action: Action, today: date) -> str:
    """Which action, for who is asked something about it: reference, priority, day and case reference."""
    return f"*{action.ref}*  {action.priority}\n{when_due(action, today)}  ({action.allocation.case.ref})"


def _which(action: Action, today: date) -> Block:
    return section(in_short(action, today))


def _whose(people: Sequence[Person]) -> Block:
    """Slack takes no list of nothing."""
    if not people:
        return section("There is nobody to choose: no Team Manager or Head of Service beside its owner.")
    return choice(names.NAMED_FIELD, "Whose is it?", [(str(each.id), _name(each)) for each in people[:CHOICES]])


def _name(person: Person) -> str:
    where = person.team or person.service
    return f"{person.name}, {where.name}" if where else person.name
