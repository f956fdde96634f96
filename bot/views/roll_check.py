"""How a roll check is drawn: the list with **All correct** and 'Change it', and the modal that puts one thing right.

Whether somebody is away over the window is said in those words; why is nobody's business here.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from bot import names
from bot.views.parts import (
    Block,
    button,
    buttons,
    can_be_an_option,
    choice,
    date_field,
    escaped,
    line_field,
    modal,
    quiet,
    section,
    sections,
)
from programme.calendar import london, month_name
from programme.people import Person
from programme.roll_check import CHANGE_LABELS, RollCheck, Window, away

PEOPLE_AT_MOST = 100
"""Slack lists no more options in one menu (Block Kit reference)."""


def asked(check: RollCheck, people: Sequence[Person], days: Sequence[date], window: Window) -> list[Block]:
    """The question with the whole list, and the two answers."""
    service = escaped(check.service.name)
    return [
        section(f"*Is this list still right?* It is who is foreseen for {month_name(check.month)} from {service}."),
        *sections(_lines(people, days)),
        buttons(
            f"{names.ROLL_BLOCK} {check.ref}",
            [
                button("All correct", names.ALL_CORRECT, check.ref, primary=True),
                button("Change it", names.CHANGE_LIST, check.ref),
            ],
        ),
        quiet(
            f"Without an answer by {window.first:%A %-d %B} last month's list stands, marked as not confirmed."
            " Whoever stands in for you can answer too."
        ),
    ]


def answered_line(check: RollCheck) -> str:
    """Who confirmed it and when, or that it stands as it was."""
    whose = f"*The list of {escaped(check.service.name)} for {month_name(check.month)}*"
    if check.answered_by is None or check.answered_at is None:
        return f"{whose} was not confirmed: last month's stands. Tell the administrator what has changed."
    return f"{whose} is confirmed, thank you: {escaped(check.answered_by.name)}, {london(check.answered_at):%A %-d %B}."


def _lines(people: Sequence[Person], days: Sequence[date]) -> Iterator[str]:
    for person in people:
        team = person.team.name if person.team else "no team"
        group = person.group.name if person.group else "no group"
        said = f", {absent}" if (absent := away(person, days)) else ""
        yield f"{escaped(person.name)}, {escaped(team)}, {escaped(group)}{said}"


def change_modal(check: RollCheck, people: Sequence[Person], today: date) -> Block:
    """One change at a time; what was said is taken in at once."""
    known = [(person.email, person.name) for person in people if can_be_an_option(person.email)]
    who = known[:PEOPLE_AT_MOST]
    fields = [
        choice(names.WHAT_FIELD, "What is not right?", [(str(each), words) for each, words in CHANGE_LABELS.items()]),
        *([choice(names.WHO_FIELD, "Who?", who, optional=True)] if who else []),
        date_field(names.FIRST_DAY_FIELD, "First day away, or first day back", today, optional=True),
        date_field(names.LAST_DAY_FIELD, "Last day away, or last day in post", None, optional=True),
        line_field(names.NAME_FIELD, "Name of who has joined", optional=True),
        line_field(names.EMAIL_FIELD, "Their e-mail address", optional=True),
    ]
    return modal(
        "Change the list",
        [
            section("One change at a time. Fill in what belongs to it and leave the rest."),
            *fields,
            quiet("Who has joined is brought onto the list by the administrator, who is told."),
        ],
        view=names.CHANGE_LIST_VIEW,
        send="Change it",
        about=check.ref,
    )
