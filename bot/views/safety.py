"""How an alert about a child's safety is drawn: whom to ring before anything else, then what is said of its end."""

from collections.abc import Collection, Sequence
from datetime import date

from bot import names
from bot.views.parts import (
    Block,
    button,
    buttons,
    date_field,
    escaped,
    line_field,
    modal,
    quiet,
    section,
    words_field,
)
from programme.people import Person
from programme.policy import SafetyRules
from programme.safety import Alert


def what(alert: Alert) -> str:
    return f"An auditor answered 'unsafe now' for {alert.allocation.case.ref} ({alert.allocation.ref})."


def in_nobodys_hands(alert: Alert, rules: SafetyRules) -> list[Block]:
    return [
        section(
            f"*Act now. {what(alert)}*",
            f"Ring the auditor, {escaped(alert.raised_by.name)}, at once, before anybody else."
            f" Out of hours: {duty_team(rules)}.",
        ),
        buttons(f"{names.SAFETY_BLOCK} {alert.ref}", [button("I have this", names.HAVE_THIS, alert.ref, primary=True)]),
        quiet("Press it as soon as you have it in hand: until then others are told too. This is not a referral."),
    ]


def so_far(alert: Alert) -> list[str]:
    """Who has it, whether the child was seen, and who agreed: each in a line. Never what was done."""
    said = [alert.who_has_it, alert.how_it_was_seen, alert.how_it_ended]
    return [escaped(each) for each in said if each] or ["Nobody has it in hand yet."]


def standing(alert: Alert, reader: Person, told: Collection[Person], on: date) -> list[Block]:
    """One that somebody has in hand, and what this reader may do about it."""
    return [section(f"*{what(alert)}*", *so_far(alert)), *next_step(alert, reader, told, on)]


def next_step(alert: Alert, reader: Person, told: Collection[Person], on: date) -> list[Block]:
    """The button that takes it towards its end; nothing for who only knows of it."""
    if alert.seen_at is None and reader.can_say_made_safe(alert, on):
        press = button("Child seen or made safe", names.MADE_SAFE, alert.ref, primary=True)
        return [buttons(f"{names.SAFETY_BLOCK} {alert.ref}", [press])]
    if alert.seen_at is not None and not alert.is_over and reader.can_agree_that_safe(alert, told):
        press = button("Look and agree", names.AGREE_SAFE, alert.ref, primary=True)
        return [buttons(f"{names.SAFETY_BLOCK} {alert.ref}", [press])]
    return []


def made_safe_modal(alert: Alert, today: date) -> Block:
    """When the child was seen, and what made them safe."""
    return modal(
        "Seen or made safe",
        [
            *_of(alert),
            date_field(names.DAY_FIELD, "On which day was the child seen or made safe?", today),
            line_field(names.HOUR_FIELD, "At what time? Like 09:40"),
            words_field(names.WORDS_FIELD, "Who saw the child, or what made them safe?"),
            quiet("Please write no names: say the child, the mother, the worker."),
            quiet("A Head of Service who does not own this is asked to agree. The action is confirmed on its own."),
        ],
        view=names.MADE_SAFE_VIEW,
        send="Send",
        about=alert.ref,
    )


def agree_modal(alert: Alert) -> Block:
    """What was said, for who may agree to it."""
    return modal(
        "Is the child safe?",
        [
            *_of(alert),
            section(*so_far(alert)),
            section("*What was done*", escaped(alert.seen_words)),
            quiet("With your word it ends. If you do not agree, ring who said so: until you agree, it stands."),
        ],
        view=names.AGREE_SAFE_VIEW,
        send="I agree",
        about=alert.ref,
    )


def duty_team(rules: SafetyRules) -> str:
    """Whom to ring out of hours, with the number where the policy has one."""
    return f"the duty team, {escaped(rules.duty_team_phone)}" if rules.duty_team_phone else "the duty team"


def _of(alert: Alert) -> Sequence[Block]:
    return [section(f"*{alert.allocation.case.ref}* ({alert.allocation.ref})")]
