"""How steps of competency are drawn: who is asked what, and the modals in which they answer."""

from collections.abc import Sequence

from bot import names
from bot.views.parts import (
    Block,
    button,
    buttons,
    can_be_an_option,
    choice,
    escaped,
    modal,
    quiet,
    section,
    sections,
    ticks,
    words_field,
)
from programme.competency import NOT_FOR_APPRAISAL, Candidacy

AUDITS_AT_MOST = 10
"""Slack takes ten boxes; an evaluation may rest on others on the page."""

RECOMMENDS = [("yes", "Yes, I recommend it"), ("no", "Not yet")]
AGREES = [("yes", "Yes, I sign off"), ("no", "Not yet")]


def to_evaluate(candidacy: Candidacy) -> list[Block]:
    """The question to a Head of Service, with its button."""
    who = escaped(candidacy.person.name)
    return [
        section(f"*You are asked to evaluate {who}'s auditing*, together with another Head of Service."),
        quiet(NOT_FOR_APPRAISAL),
        _pressable(candidacy, button("Evaluate", names.EVALUATE, candidacy.ref, primary=True)),
    ]


def to_sign_off(candidacy: Candidacy) -> list[Block]:
    """The question to leadership, with its button."""
    who = escaped(candidacy.person.name)
    return [
        section(f"*Two Heads of Service have evaluated {who}'s auditing.* It waits for leadership's signature."),
        _pressable(candidacy, button("Read and sign off", names.SIGN_OFF, candidacy.ref, primary=True)),
    ]


def signed_off(candidacy: Candidacy) -> Block:
    """To whom it concerns."""
    return section(f"*{escaped(candidacy.person.name)} is signed off as a competent auditor.*")


def to_core(candidacy: Candidacy) -> list[Block]:
    """The step after it, for the Head of Quality."""
    into = button("Into the core group", names.JOIN_CORE, candidacy.ref, primary=True)
    return [signed_off(candidacy), _pressable(candidacy, into)]


def evaluate_modal(candidacy: Candidacy, audits: Sequence[str]) -> Block:
    """What an evaluation holds. `audits` are those that were moderated, the newest first."""
    who = escaped(candidacy.person.name)
    listed = [(ref, ref) for ref in dict.fromkeys(audits) if ref.strip() and can_be_an_option(ref)][:AUDITS_AT_MOST]
    if not listed:
        none = "An evaluation rests on moderated audits, and none of theirs has been moderated yet."
        return modal("Evaluate", [section(f"*{who}*", none)])
    return modal(
        "Evaluate",
        [
            section(f"*{who}* reads what you write, and may answer. {NOT_FOR_APPRAISAL}"),
            quiet("What is counted of their audits is on the page Competency."),
            ticks(names.RESTS_ON_FIELD, "Which of their audits does it rest on?", listed),
            words_field(names.EVIDENCE_FIELD, "What did you look at?"),
            words_field(names.WORDS_FIELD, "What is strong, and what would help?", at_most=3000),
            choice(names.RECOMMENDS_FIELD, "Do you recommend that it is signed off?", RECOMMENDS),
        ],
        view=names.EVALUATE_VIEW,
        send="Keep it",
        about=candidacy.ref,
    )


def sign_off_modal(candidacy: Candidacy) -> Block:
    """Both evaluations, and the decision."""
    lines = [
        f"*{escaped(each.evaluator.name)}*: {escaped(each.words)}" for each in candidacy.evaluations if each.said_at
    ]
    return modal(
        "Sign off",
        [
            section(f"*Is {escaped(candidacy.person.name)} a competent auditor?* {NOT_FOR_APPRAISAL}"),
            *sections(lines),
            choice(names.AGREES_FIELD, "Do you sign off?", AGREES),
            words_field(names.WORDS_FIELD, "Anything to say to them? Needed for 'not yet'.", optional=True),
        ],
        view=names.SIGN_OFF_VIEW,
        send="Send",
        about=candidacy.ref,
    )


def _pressable(candidacy: Candidacy, pressable: Block) -> Block:
    return buttons(f"{names.COMPETENCY_BLOCK} {candidacy.ref}", [pressable])
