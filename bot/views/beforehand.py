"""How a chosen record is drawn for those who work with the child, and the modal in which they speak first."""

from bot import names
from bot.views.parts import Block, button, buttons, escaped, modal, quiet, section, words_field
from programme.beforehand import LONGEST, QUESTIONS, Beforehand
from programme.cases import FrameEntry
from programme.people import Person
from programme.rounds import Round

ASKED = "What are you proud of, and what got in the way? Your words stand first in the audit."
HOW = {
    False: "was chosen at random",
    True: "was chosen by those who run the month, not at random",
}


def chosen(entry: FrameEntry, of: Round, reader: Person | None, *, has_spoken: bool) -> list[Block]:
    """What was chosen, why, and by whom it will be read; and the way to speak first."""
    who = f"{escaped(reader.name)} will read it with you." if reader else "Who reads it with you is decided soon."
    label = "Change what you said" if has_spoken else "Speak first"
    return [
        section(_what(entry, of), f"{who} It is about learning, not about you."),
        section(ASKED),
        buttons(
            f"{names.CHOSEN_BLOCK} {entry.reference}",
            [button(label, names.SAY_FIRST, entry.reference, primary=not has_spoken)],
        ),
        quiet("You may leave it. Until the audit is back you can change what you said."),
    ]


def chosen_at_home(entry: FrameEntry, of: Round) -> list[Block]:
    """The same in short, while this person has not spoken."""
    speak = button("Speak first", names.SAY_FIRST, entry.reference, primary=True)
    return [section(_what(entry, of), ASKED), buttons(f"{names.CHOSEN_BLOCK} {entry.reference}", [speak])]


def _what(entry: FrameEntry, of: Round) -> str:
    return f"*{entry.case.ref}* {HOW[bool(entry.hand_picked_because)]} for {of.name}'s audit: {escaped(of.theme)}."


def say_first_modal(entry: FrameEntry, known: Beforehand | None) -> Block:
    """The two questions and a third, with what this person said before."""
    so_far = {name: getattr(known, name) if known else "" for name in QUESTIONS}
    proud, in_the_way, may_be_asked = QUESTIONS.values()
    return modal(
        "Speak first",
        [
            section(f"*{entry.case.ref}*", "Please write no names: say the child, the mother, the father."),
            words_field(names.PROUD_OF_FIELD, proud, optional=True, shown_first=so_far["proud_of"], at_most=LONGEST),
            words_field(
                names.IN_THE_WAY_FIELD, in_the_way, optional=True, shown_first=so_far["got_in_the_way"], at_most=LONGEST
            ),
            words_field(
                names.MAY_BE_ASKED_FIELD,
                may_be_asked,
                optional=True,
                shown_first=so_far["may_be_asked"],
                at_most=LONGEST,
            ),
        ],
        view=names.SAY_FIRST_VIEW,
        send="Keep it",
        about=entry.reference,
    )
