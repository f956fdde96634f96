"""How an outcome is drawn: in the message that brings it, in the modal that answers it, and before it is sent."""

from collections.abc import Sequence
from datetime import date

from bot import names
from bot.views.parts import Block, button, buttons, choice, escaped, modal, quiet, section, words_field
from programme.calendar import london
from programme.outcome_words import SaidKind
from programme.outcomes import AsKnown, Copy, Outcome

KINDS = [(SaidKind.ANSWER.value, "I want to answer"), (SaidKind.MISTAKE.value, "I point out a factual mistake")]
ON_THE_PAGE = "What is strong, both judgements and why are on the page."


def its_copy(outcome: Outcome, copy: Copy, closes_on: date | None) -> list[Block]:
    """One person's copy, with what they can do with it. `closes_on` is None for who does not answer it."""
    audit = outcome.allocation
    return [
        section(
            f"*The outcome of {audit.ref} is agreed.* {audit.round.name}: {escaped(audit.round.theme)}.",
            ON_THE_PAGE,
            *_how_it_stands(copy, closes_on),
        ),
        pressable(outcome, copy, may_answer=closes_on is not None),
    ]


def pressable(outcome: Outcome, copy: Copy, *, may_answer: bool) -> Block:
    ref = outcome.allocation.ref
    acknowledge = [] if copy.acknowledged_at else [button("Acknowledge", names.ACKNOWLEDGE_OUTCOME, ref)]
    answer = [button("Answer", names.ANSWER_OUTCOME, ref)] if may_answer else []
    read = button("Read it", names.SIGN_IN, f"/audits/{ref}", primary=True)
    return buttons(f"{names.OUTCOME_BLOCK} {ref}", [read, *acknowledge, *answer])


def _how_it_stands(copy: Copy, closes_on: date | None) -> list[str]:
    acknowledged = [f"You acknowledged it on {london(copy.acknowledged_at):%A %-d %B}."] if copy.acknowledged_at else []
    return [*acknowledged, *([f"You can answer it until {closes_on:%A %-d %B}."] if closes_on else [])]


def answer_modal(outcome: Outcome, closes_on: date | None) -> Block:
    return modal(
        "Answer",
        [
            section(f"{outcome.allocation.ref}" + (f", open until {closes_on:%A %-d %B}." if closes_on else "")),
            choice(names.KIND_FIELD, "What is it?", KINDS),
            words_field(names.WORDS_FIELD, "Your words", at_most=3000),
            quiet(
                "They are kept beside the audit. A mistake goes to the two who moderated it."
                " Write no names: say the child, the mother, the worker."
            ),
        ],
        view=names.ANSWER_OUTCOME_VIEW,
        send="Send",
        about=outcome.allocation.ref,
    )


def waiting(many: int, changed: int, month: str, name: str) -> list[Block]:
    """Outcomes that wait, for who sends them: in chat those in which nothing changed."""
    said = "1 outcome waits" if many == 1 else f"{many} outcomes wait"
    lines = [f"*{escaped(name)}: {said} to be sent.*"]
    if changed:
        lines.append(f"In {changed} of them the team or the people changed since the sample: see the page.")
    page = button("Look on the page", names.SIGN_IN, f"/rounds/{month}/outcomes")
    all_of_them = [button("All as shown", names.ALL_AS_SHOWN, month, primary=True)] if changed < many else []
    return [section(*lines), buttons(f"{names.OUTCOMES_BLOCK} {month}", [*all_of_them, page])]


def all_as_shown_modal(known: Sequence[AsKnown], month: str, mark: str) -> Block:
    """What would go to whom; `mark` says that these were looked at and no others."""
    lines = [section(_line(each)) for each in known]
    return modal(
        "Send outcomes",
        [
            section("In these nothing changed since the sample. Everybody named gets one message, without a grade."),
            *lines,
            quiet("It cannot be taken back. Those in which something changed are sent on the page."),
        ],
        view=names.OUTCOMES_VIEW,
        send="Send",
        about=f"{month} {mark}",
    )


def _line(known: AsKnown) -> str:
    audit = known.outcome.allocation
    near = [who.name for who in (audit.holder, known.worker, known.manager) if who]
    team = audit.case.team.name if audit.case.team else "no team"
    return f"*{audit.ref}* {escaped(team)}: {escaped(', '.join(near))}"
