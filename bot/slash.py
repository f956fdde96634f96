"""`/audit` and its words."""

from collections.abc import Mapping
from dataclasses import replace

from bot import who
from bot.actions import on_my_actions
from bot.admin import must_run_the_month, round_answer
from bot.away import on_my_absences
from bot.listening import Answer, Call, Listener
from bot.reminders import on_chase
from bot.report import on_report
from bot.swaps import on_my_swaps
from bot.views.audits import my_audits, to_the_pages
from bot.views.home import LABELS
from bot.views.home_parts import YOUR_TURN
from bot.views.parts import escaped, modal, quiet, section, to_ask
from bot.words import WORDS, meant, nearest, plain
from programme.people import Person
from storage import find, turning


def on_audit(call: Call) -> Answer:
    """The first word says what is wanted; none means My audits. One that is only mistyped is understood, and said."""
    typed = plain(call.words)
    word = meant(typed)
    if word is None:
        return on_unknown(call)
    answer = LISTENERS[word](call)
    took = quiet(f"`{escaped(typed)[:40]}` is taken for `/audit {word}`.")
    return answer if word == typed else replace(answer, blocks=[took, *(answer.blocks or [section(answer.text)])])


def on_my_audits(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        held = find.allocations.held_by(session, me)
        blocks = my_audits(held, call.office.today(session), find.swaps.open_of(session, me))
    blocks.append(to_the_pages())
    return Answer(text="Your audits", blocks=blocks)


def on_shortcut(call: Call) -> Answer:
    """The global shortcut: My audits, in a modal."""
    return Answer(view=modal("My audits", on_my_audits(call).blocks))


def on_word(call: Call) -> Answer:
    """A button that stands for a word: the same answer, in a modal."""
    answer = LISTENERS.get(call.value, on_unknown)(call)
    return Answer(view=modal(LABELS[call.value], answer.blocks)) if answer.blocks else answer


def on_help(call: Call) -> Answer:
    """Every word that is theirs, with when one would type it."""
    me = _asking(call)
    lines = [
        f"`/audit{' ' + word if word else ''}`  {about.does}. _{about.example}._"
        for word, about in WORDS.items()
        if about.may(me)
    ]
    return Answer(
        text="What /audit can do",
        blocks=[section("*What `/audit` can do*", *lines), section(f"Questions? {_ask_instead(call)}")],
    )


def on_status(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        said = turning.said_to(session, call.office, me)
        turns = [section(f"*{YOUR_TURN}*", escaped(said))] if said else []
        answer = round_answer(session, call.office, me) if me.can_see_round() else on_my_audits(call)
    return Answer(text=answer.text, blocks=[*turns, *answer.blocks])


def on_round(call: Call) -> Answer:
    with call.office.record.reading() as session:
        return round_answer(session, call.office, must_run_the_month(session, call))


def on_unknown(call: Call) -> Answer:
    near = nearest(plain(call.words), _asking(call))
    perhaps = f" Did you mean `/audit {near}`, {WORDS[near].does}?" if near else ""
    return Answer(text=f"`/audit` does not know that word.{perhaps} `/audit help` lists what it knows.")


def _asking(call: Call) -> Person:
    with call.office.record.reading() as session:
        return who.person(session, call.office, call.user)


def _ask_instead(call: Call) -> str:
    return escaped(f"Ask {to_ask(call.office.rules.policy.programme)}.")


LISTENERS: Mapping[str, Listener] = {
    "": on_my_audits,
    "return": on_my_audits,
    "help": on_help,
    "swap": on_my_swaps,
    "away": on_my_absences,
    "actions": on_my_actions,
    "status": on_status,
    "report": on_report,
    "round": on_round,
    "chase": on_chase,
}
