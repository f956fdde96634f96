"""How an alert about a child's safety is drawn while nobody has it in hand: whom to ring, before anything else."""

from bot import names
from bot.views.parts import Block, button, buttons, escaped, quiet, section
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


def duty_team(rules: SafetyRules) -> str:
    """Whom to ring out of hours, with the number where the policy has one."""
    return f"the duty team, {escaped(rules.duty_team_phone)}" if rules.duty_team_phone else "the duty team"
