"""The things on App Home that stand in no message: a month, a service, a report and a turn, each in a few words."""

from collections.abc import Sequence
from datetime import date

from bot import names
from bot.views import moderation
from bot.views import round as month_view
from bot.views.audits import due_words
from bot.views.held import to_the_held
from bot.views.home import Item
from bot.views.parts import Block, buttons, escaped, quiet, section
from programme.calendar import month_name
from programme.checklist import Step
from programme.exceptions import HELD, Exceptional
from programme.figures import ServiceStanding, Standing
from programme.forecast import ForecastKept
from programme.moderation_day import Invitation, ModerationDay, ToPair
from programme.people import Person
from programme.reading_list import ToModerate
from programme.report import Report
from programme.rounds import Round
from programme.words import ReportState

NOTHING_YET = (
    "This is where the council's audits of practice reach you. Nothing is asked of you now. When something is, it"
    " stands here and a message comes."
)
FOR_A_SOCIAL_WORKER = (
    "Nothing is asked of you now. When a child's record that you work with is chosen for an audit, you are asked here"
    " first: what you are proud of, and what got in the way."
)
YOUR_TURN = "Your turn"
NO_ACTION = "You have no open action. When an audit asks something of you, a message comes here."
NO_MONTH = "No month is under way. Open one on the pages: its next step stands here from then on."


def to_moderate(lines: Sequence[ToModerate], day: ModerationDay | None, invitation: Invitation | None) -> Item:
    """What waits for this reader's second look, with whom; and whether they come. What it says stands on the pages."""
    many = sum(line.waits for line in lines)
    said = f"{many} {'audit waits' if many == 1 else 'audits wait'} for you to moderate."
    asked = moderation.asked_to_come(day, invitation) if day and invitation else []
    return Item("moderation", [section(f"*{said}* Sign in to the pages to read."), *moderation.listed(lines), *asked])


def offered_help() -> list[Block]:
    return [quiet("You have said that you can take one more. Whoever looks for somebody sees you first.")]


def service_now(stands: ServiceStanding, of: Round | None) -> Item:
    """The own service at a glance: what went out and came back, what is late, and what else is open."""
    lines = [
        f"{stands.given_out} given out · {stands.returned} in · {stands.late} late",
        f"{stands.awaiting_reason} of those late without a reason yet" if stands.awaiting_reason else "",
        f"{_many(stands.overdue, 'action')} overdue · {_many(stands.places_empty, 'place')} empty",
    ]
    return Item("service", [section(*filter(None, lines if of else lines[2:]))])


def month_now(stands: Standing) -> str:
    account = stands.account
    counts = f"{account.given_out} given out · {account.returned} in · {account.awaiting} still out"
    return f"{counts} · the target is {stands.target}"


def closed_so_far(closed: int, still_open: int) -> list[Item]:
    """How many audits have come to their end, of those with an agreed outcome; nothing where there is none yet."""
    if not closed + still_open:
        return []
    waits = f"{still_open} still {'waits' if still_open == 1 else 'wait'} for actions" if still_open else "none waits"
    return [Item("closed audits", [section(f"{_many(closed, 'audit')} closed · {waits}")])]


def progress(stands: Standing, foreseen: ForecastKept | None) -> list[Item]:
    """A month for those who answer for it. Once moderation has begun nothing is foreseen any more."""
    how_it_stands = Item("month", [section(month_now(stands))])
    if foreseen is None:
        return [how_it_stands]
    short = stands.target - foreseen.likely
    against = f", {short} short of the target" if short > 0 else ", enough for the target"
    likely = f"Likely to come back: {foreseen.likely} ({foreseen.low} to {foreseen.high}){against}"
    return [how_it_stands, Item("forecast", [section(likely, f"As foreseen on {foreseen.made_on:%A %-d %B}")])]


def next_step(of: Round, stands: Standing, step: Step | None, today: date, to_pair: ToPair) -> Item:
    """What the month asks next of those who run it, with its button; what is done on the pages has the way there."""
    by = f", {due_words(step.on, today)}" if step and step.on else ""
    said = f"*Next: {step.name}*{by}. {step.said[:1].upper()}{step.said[1:]}." if step else "Every step is taken."
    steps = month_view.next_steps(of, stands.unallocated, stands.planned, to_pair)
    pressable = [buttons(names.ROUND_BLOCK, steps)] if steps else []
    return Item("month", [section(month_now(stands), said), *pressable])


def exceptional(one: Exceptional) -> Item:
    """What does not go by itself; what is held has the way to where it is decided."""
    if one.about == HELD:
        return Item(HELD, [section(escaped(one.said)), to_the_held()])
    return Item(one.about, [section(escaped(one.said))])


def report_waits(report: Report, me: Person) -> Item | None:
    """What a report that is not issued waits for, for who may take the next step or waits for who may."""
    name = f"*{month_name(report.round.month)}'s report*"
    signed_off = report.state is ReportState.SIGNED_OFF
    if signed_off and me.can_issue():
        by = f" by {escaped(report.signed_off_by.name)}" if report.signed_off_by else ""
        said = f"{name} is signed off{by}. It waits for you to issue it."
    elif not signed_off and me.can_sign_off():
        said = f"{name} is drafted. It waits for you to sign it off."
    elif not signed_off and me.can_issue():
        said = f"{name} is drafted. It waits for leadership to sign it off."
    else:
        return None
    return Item(f"report {report.round.month}", [section(said)])


def _many(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
