"""How absences are drawn for whose they are: what is noted, the modal that notes more, and what is due meanwhile."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot import names
from bot.views.audits import open_audit
from bot.views.fitting import within_message
from bot.views.parts import Block, button, buttons, choice, date_field, escaped, modal, quiet, section
from programme.absences import Absence, Away
from programme.allocations import Allocation
from programme.people import Person
from programme.swaps import Swap
from programme.words import AbsenceKind

KINDS = {
    AbsenceKind.FINISHES: "I finish what I have",
    AbsenceKind.HANDS_OVER: "Somebody else takes it on",
}
NOTHING_NOTED = "*Nothing is noted.* You count as at work on every working day."
PRIVACY = "Why is not asked. Others see at most that you are not at work."


def my_absences(me: Person, today: date) -> list[Block]:
    """Each absence that is not over, with the button that takes it back."""
    lines = [block for each in not_over(me, today) for block in absence_ahead(each, today)]
    return within_message([*(lines or [section(NOTHING_NOTED)]), not_at_work(), quiet(PRIVACY)], beside=1)


def not_at_work() -> Block:
    return buttons(names.AWAY_BLOCK, [button("I am not at work on…", names.NOT_AT_WORK, "me")])


def not_over(me: Person, today: date) -> list[Absence]:
    """What is noted from today on, the first to come first."""
    return sorted((each for each in me.absences if each.last_day >= today), key=lambda each: each.first_day)


def absence_ahead(absence: Absence, today: date) -> list[Block]:
    """One absence, with the button that takes it back."""
    kind = f". {KINDS[absence.kind]}" if absence.kind else ""
    words = "I am back" if absence.first_day <= today else "Take it back"
    return [
        section(f"*Not at work {_days(absence.first_day, absence.last_day)}*{kind}"),
        buttons(f"{names.AWAY_BLOCK} {absence.id}", [button(words, names.BACK_AT_WORK, str(absence.id))]),
    ]


def _days(first: date, last: date) -> str:
    if first == last:
        return f"on {first:%A %-d %B}"
    return f"from {first:%A %-d %B} to {last:%A %-d %B %Y}"


def away_modal(today: date) -> Block:
    return modal(
        "Not at work",
        [
            date_field(names.FIRST_DAY_FIELD, "First day", today),
            date_field(names.LAST_DAY_FIELD, "Last day", today),
            choice(
                names.KIND_FIELD,
                "What is open with you",
                [(str(kind), words) for kind, words in KINDS.items()],
                optional=True,
            ),
            quiet(f"{PRIVACY} You get no reminders on these days."),
        ],
        view=names.AWAY_VIEW,
        send="Note it",
    )


def still_yours(
    said: Away, held: Sequence[Allocation], swaps: Mapping[str, Swap], could: Mapping[str, str], today: date
) -> Block:
    """That it is noted; and what is due on these days, with who `could` take it and the ways to see to it."""
    first, last = said.first_day or today, said.last_day or today
    meanwhile = [each for each in held if said.covers(each.due_on)]
    blocks = [section(f"*Noted: not at work {_days(first, last)}.* You get no reminders on these days.")]
    if said.kind is AbsenceKind.HANDS_OVER and held:
        return modal("Noted", [*blocks, section("What is open with you goes to somebody else on your first day away.")])
    if meanwhile:
        blocks.append(section("This is due while you are away. Swap it, ask for more time, or send it before."))
        for each in meanwhile:
            blocks += open_audit(each, today, swaps.get(each.ref))
            if each.ref in could:
                blocks.append(quiet(f"{escaped(could[each.ref])} could take it: press Swap to ask."))
    return modal("Noted", blocks)
