"""Each role's App Home: which parts it has, in which order, and what each part finds.

Somebody with several roles has the parts of all of them, each once. What needs an answer stands on top of everybody's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.home_look import Look
from bot.views import away, beforehand, checks, held, home_parts, roll_check, safety, swaps
from bot.views import learning as learning_views
from bot.views import outcomes as outcome_views
from bot.views.actions import open_action
from bot.views.audits import ALL_IN, NO_AUDIT, open_audit, still_open
from bot.views.fitting import Block
from bot.views.home import Item, Offered, Part
from bot.views.parts import escaped, quiet, section
from programme import checklist, more_time
from programme.actions import Action
from programme.allocations import Allocation
from programme.exceptions import exceptions
from programme.outcomes import Outcome
from programme.reading_list import reading_list
from programme.roll_check import on_the_list
from programme.rounds import Round
from programme.swaps import Swap
from programme.words import REASON_LABELS, Reason, Role, RoundState
from storage import find, learning, made_safe, moderation_day, outcomes, roll_checking, swapping, turning

# What needs an answer.


def alerts(look: Look) -> Part:
    rules = look.office.rules.policy.safety
    told = find.alerts.told_to(look.session, look.me)
    return Part(items=[Item(each.ref, safety.in_nobodys_hands(each, rules)) for each in told])


def standing_alerts(look: Look) -> Part:
    """Those that somebody has in hand, and that have not come to their end."""
    standing = made_safe.standing_for(look.session, look.office, look.me).items()
    in_hand = [(alert, told) for alert, told in standing if alert.taken_at or not look.me.can_take_alert(told)]
    return Part(items=[Item(each.ref, safety.standing(each, look.me, told, look.today)) for each, told in in_hand])


def pressing_actions(look: Look) -> Part:
    return Part(items=[_action(look, each) for each in look.actions if each.is_pressing(at=look.now)])


def swaps_asked_of_me(look: Look) -> Part:
    asked, approval = find.swaps.waiting_for(look.session, look.me), look.office.rules.policy.swaps.approval
    return Part(items=[Item(each.ref, swaps.offer(each, approval=approval)) for each in asked])


def swaps_to_approve(look: Look) -> Part:
    waiting = find.swaps.to_approve(look.session) if look.me.can_arrange_swaps() else []
    return Part(items=[Item(each.ref, swaps.to_approve(each)) for each in waiting])


def swaps_i_may_undo(look: Look) -> Part:
    taken = swapping.may_be_undone(look.session, look.office, look.me)
    return Part(items=[Item(each.ref, swaps.undoable(each, each.undo_until(look.office.rules))) for each in taken])


def returns_to_mend(look: Look) -> Part:
    mine = find.submissions.to_mend_by(look.session, look.me)
    return Part(items=[Item(each.allocation.ref if each.allocation else each.ref, held.to_mend(each)) for each in mine])


def records_to_speak_of(look: Look) -> Part:
    chosen = find.samples.waiting_to_speak(look.session, look.me)
    rounds = {each.month: each for each in find.rounds.run_here(look.session)} if chosen else {}
    here = [(each, rounds[each.month]) for each in chosen if each.month in rounds]
    return Part(items=[Item(entry.reference, beforehand.chosen_at_home(entry, of)) for entry, of in here])


def roll_checks(look: Look) -> Part:
    asked = roll_checking.waiting_for(look.session, look.office, look.me)
    windows = {each.month: each for each in roll_checking.open_windows(look.session, look.office)} if asked else {}
    auditors = find.people.auditors(look.session) if asked else []
    items = []
    for check in asked:
        window = windows[check.month]
        days = look.office.rules.calendar.working_days_between(window.first, window.last)
        listed = on_the_list(check.service, auditors, window)
        items.append(Item(check.ref, roll_check.asked(check, listed, days, window)))
    return Part(items=items)


def audits_to_moderate(look: Look) -> Part:
    lines = reading_list(find.moderations.waiting_for(look.session, look.me), look.me)
    ahead = [each for each in find.moderation_days.asked_to(look.session, look.me.id) if look.now < each[0].ends_at]
    day, invitation = ahead[0] if ahead else (None, None)
    return Part(items=[home_parts.to_moderate(lines, day, invitation)] if lines else [])


def actions_to_check(look: Look) -> Part:
    waiting = find.checks.waiting_for(look.session, look.me)
    return Part(items=[Item(f"check {each.ref}", checks.to_check(each, look.today)) for each in waiting])


def outcomes_to_send(look: Look) -> Part:
    of = look.round
    known = outcomes.waiting(look.session, look.office, of.month) if of and look.me.can_send_outcomes() else []
    if of is None or not known:
        return Part()
    changed = sum(1 for each in known if each.changed)
    return Part(items=[Item(f"outcomes {of.month}", outcome_views.waiting(len(known), changed, of.month, of.name))])


def outcomes_to_acknowledge(look: Look) -> Part:
    found = find.outcomes.sent_to(look.session, look.me)
    return Part(items=[Item(f"outcome {each.allocation.ref}", _outcome(look, each)) for each in found])


# What is one's own.


def my_actions(look: Look) -> Part:
    """Those that are not pressing: urgent ones first, then the soonest due."""
    return Part("Your actions", [_action(look, each) for each in look.actions if not each.is_pressing(at=look.now)])


def no_action(look: Look) -> Part:
    """For who often has some: why there is none, and when one comes."""
    return Part("Your actions", empty="" if look.actions else home_parts.NO_ACTION)


def my_audits(look: Look) -> Part:
    asked = find.swaps.open_of(look.session, look.me) if look.held else {}
    mine = [_audit(look, each, asked.get(each.ref)) for each in still_open(look.held)]
    none = NO_AUDIT if look.me.is_auditor else ""
    return Part("Your audits", mine, empty=ALL_IN if look.held else none)


def my_turn(look: Look) -> Part:
    said = turning.said_to(look.session, look.office, look.me)
    return Part(home_parts.YOUR_TURN, [Item("turn", [section(escaped(said))])] if said else [])


def help_i_could_give(look: Look) -> Part:
    """'I can take one', for who has none and while audits are out."""
    of = look.round
    if of is None or of.state is not RoundState.DISTRIBUTED or not look.me.can_take_one() or still_open(look.held):
        return Part()
    if find.swaps.helper(look.session, look.me, of.month):
        return Part(foot=home_parts.offered_help())
    return Part("Could you take one this month?", foot=[swaps.can_take_one()])


def my_leave(look: Look) -> Part:
    noted = away.not_over(find.people.whole(look.session, look.me.id or 0), look.today)
    items = [Item(f"absence {each.id}", away.absence_ahead(each, look.today)) for each in noted]
    return Part("Your leave", items, foot=[away.not_at_work(), quiet(away.PRIVACY)], empty=away.NOTHING_NOTED)


def how_it_was(look: Look) -> Part:
    """Of what was sent in or agreed lately; the pulse."""
    asked = learning.to_say(look.session, look.office, look.me)
    items = [Item(f"learnt {each.allocation.ref}", learning_views.asked(each)) for each in asked]
    return Part("How was it?", items)


# What is one's service's, or the month's.


def my_service(look: Look) -> Part:
    service = look.me.service
    if service is None or Role.HEAD_OF_SERVICE not in look.me.roles:
        return Part()
    stands = find.services.standing_of(look.session, service, look.round, now=look.now)
    month = f", {look.round.name}" if look.round else ""
    return Part(f"{escaped(service.name)}{month}", [home_parts.service_now(stands, look.round)])


def months_next_step(look: Look) -> Part:
    of = look.round
    if not look.me.can_run_rounds():
        return Part()
    if of is None:
        return Part("The month", empty=home_parts.NO_MONTH)
    seen = find.checklist.seen(look.session, of, today=look.today)
    step = checklist.next_of(checklist.steps(of, seen))
    waiting = moderation_day.to_pair(look.session, look.office, of)
    return Part(_name(of), [home_parts.next_step(of, seen.stands, step, look.today, waiting)])


def months_exceptions(look: Look) -> Part:
    if not look.me.can_run_rounds():
        return Part()
    found = find.exceptions.found(look.session, look.round, today=look.today, rules=look.office.rules)
    listed = [home_parts.exceptional(each) for each in exceptions(found, look.today)]
    return Part("What does not go by itself", listed, empty="Everything goes by itself just now.")


def months_progress(look: Look) -> Part:
    of = look.round
    if of is None or not look.me.can_see_the_whole_board():
        return Part()
    foreseen = find.forecasts.newest(look.session, of.month) if of.state in FORESEEN else None
    return Part(_name(of), home_parts.progress(find.rounds.standing_of(look.session, of), foreseen))


def audits_that_close(look: Look) -> Part:
    if not look.me.can_see_the_whole_board():
        return Part()
    return Part("Audits with an outcome", home_parts.closed_so_far(*find.closings.how_many(look.session)))


def reports_that_wait(look: Look) -> Part:
    waiting = [home_parts.report_waits(each, look.me) for each in find.reports.not_issued(look.session)]
    items = [each for each in waiting if each is not None]
    return Part("Waiting for a signature", items, empty="No report waits just now.")


FORESEEN = frozenset({RoundState.OPEN, RoundState.DISTRIBUTED})

PartOfHome = Callable[[Look], Part]

NEEDS_AN_ANSWER: Sequence[PartOfHome] = (
    *(alerts, standing_alerts, pressing_actions, swaps_asked_of_me, swaps_to_approve, swaps_i_may_undo),
    *(returns_to_mend, records_to_speak_of, roll_checks, audits_to_moderate, actions_to_check),
    *(outcomes_to_send, outcomes_to_acknowledge),
)
AUDITOR: Sequence[PartOfHome] = (my_audits, my_turn, help_i_could_give, my_leave)

BY_ROLE: Mapping[Role, Sequence[PartOfHome]] = {
    Role.ADMINISTRATOR: (months_next_step, months_exceptions, audits_that_close),
    Role.HEAD_OF_QUALITY: (months_progress, reports_that_wait, audits_that_close),
    Role.DIRECTOR: (months_progress, reports_that_wait, audits_that_close),
    Role.LEADERSHIP: (months_progress, reports_that_wait, audits_that_close),
    Role.PRACTICE_LEARNING: (months_progress, audits_that_close),
    Role.HEAD_OF_SERVICE: (my_service, my_actions, *AUDITOR),
    Role.TEAM_MANAGER: (my_actions, *AUDITOR, no_action),
    Role.DEPUTY_TEAM_MANAGER: (my_actions, *AUDITOR, no_action),
    Role.AUDITOR: AUDITOR,
}
"""The broadest view comes first; whoever has a role that is not named here has what is their own, and no more."""

EVERYBODY: Sequence[PartOfHome] = (my_actions, my_audits, how_it_was)


def parts_for(look: Look) -> Iterator[Part]:
    """What needs an answer, then what each role of theirs shows, each part once; found as it is drawn."""
    roles = [part for role, parts in BY_ROLE.items() if role in look.me.roles for part in parts]
    for part in dict.fromkeys([*NEEDS_AN_ANSWER, *roles, *EVERYBODY]):
        yield part(look)


def offered(look: Look) -> Offered:
    me, of = look.me, look.round
    report = find.reports.of_round(look.session, of) if of else None
    return Offered(
        audits=me.is_auditor or bool(look.held),
        actions=me.can_have_actions() or bool(look.actions),
        status=me.is_auditor or me.can_see_round(),
        report=of is not None and me.can_see_report(of, issued=report is not None and report.is_issued),
        runs_the_month=me.can_run_rounds(),
    )


def _audit(look: Look, audit: Allocation, swap: Swap | None) -> Item:
    """With what its holder has said of it, and more time while there is any to be had."""
    may = more_time.may_be_had(audit, at=look.now, rules=look.office.rules)
    said = [quiet(f"You have said: {REASON_LABELS[Reason(audit.reason)].lower()}.")] if audit.reason else []
    return Item(audit.ref, [*open_audit(audit, look.today, swap, may_have_more_time=may), *said])


def _outcome(look: Look, outcome: Outcome) -> list[Block]:
    mine, rules = outcome.copy_of(look.me), look.office.rules
    answers = look.me.can_answer_outcome(outcome) and outcome.may_be_answered(at=look.now, rules=rules)
    return outcome_views.its_copy(outcome, mine, outcome.closes_on(rules) if answers else None) if mine else []


def _action(look: Look, action: Action) -> Item:
    return Item(action.ref, open_action(action, look.today, look.me))


def _name(of: Round) -> str:
    return f"{of.name}: {escaped(of.theme)}"
