"""`/audit` and its words."""

from collections.abc import Mapping
from difflib import get_close_matches

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
from bot.views.home_parts import turns_at_home
from bot.views.parts import escaped, modal, section, to_ask
from storage import find, turning

HELP = {
    "": "your audits, with the form for each",
    "help": "this list",
    "return": "send an audit back: the same as `/audit`",
    "swap": "ask somebody of the next month to take your audit, or answer who asks you",
    "away": "say when you are not at work, or that you are back",
    "actions": "what you still have to do for children, the soonest first",
    "status": "how the month stands, or your part of it",
    "report": "the month at a glance",
    "round": "for the administrator: the month's next step",
    "chase": "for the administrator: who is late, and what they were last sent",
}


def on_audit(call: Call) -> Answer:
    """The first word says what is wanted; none means My audits."""
    word = call.words.partition(" ")[0].lower()
    return LISTENERS.get(word, on_unknown)(call)


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
    """A button that stands for a word: the same answer, in a modal. Who is unknown is told so, whatever the word."""
    with call.office.record.reading() as session:
        who.person(session, call.office, call.user)
    answer = LISTENERS.get(call.value, on_unknown)(call)
    return Answer(view=modal(LABELS[call.value], answer.blocks)) if answer.blocks else answer


def on_help(call: Call) -> Answer:
    lines = [f"`/audit{' ' + word if word else ''}`  {said}" for word, said in HELP.items()]
    return Answer(
        text="What /audit can do",
        blocks=[section("*What `/audit` can do*", *lines), section(f"Questions? {_ask_instead(call)}")],
    )


def on_status(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        turns = turns_at_home(turning.said_to(session, call.office, me))
        answer = round_answer(session, me) if me.can_see_round() else on_my_audits(call)
    return Answer(text=answer.text, blocks=[*turns, *answer.blocks])


def on_round(call: Call) -> Answer:
    with call.office.record.reading() as session:
        return round_answer(session, must_run_the_month(session, call))


def on_unknown(call: Call) -> Answer:
    word = call.words.partition(" ")[0].lower()
    near = get_close_matches(word, [*HELP], n=1)
    meant = f" Did you mean `/audit {near[0]}`?" if near else ""
    return Answer(text=f"`/audit` does not know that word.{meant} `/audit help` lists what it knows.")


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
