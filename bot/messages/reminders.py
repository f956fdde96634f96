"""What is said when something is due: to an auditor, to an action's owner, to a Head of Service.

A reminder says the step that was taken when it was made. It is not sent, or stands as settled, once that step is
over: the audit is in or with somebody else, a reason is known, the date has moved, or a later step was taken.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.messages.settled import settled
from bot.views import reminders as drawn
from bot.views.actions import open_action, settled_line
from bot.views.answering_late import answer_late
from bot.views.audits import about_swapping, due_words, how_it_ended, to_the_pages
from bot.views.audits import more_time as more_time_button
from bot.views.parts import Block, beside, escaped, quiet, section
from programme import chasing, more_time, reminders
from programme.allocations import Allocation
from programme.chasing import StepTaken
from programme.notices import Dropped, Letter, Notice, Rank
from programme.people import Person
from storage import find
from storage.chasing import who_leads
from storage.office import Office
from storage.session import Session


def reminded(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    [allocation], holder = find.chasing.audits(session, [notice.about]), notice.person
    over = _over(session, office, allocation, holder)
    if over is not None:
        return over
    step = reminders.still_said(_steps(session, allocation.ref), due_on=allocation.due_on, at=notice.made_at)
    said = STEPS.get(chasing.kind_of(step))
    if said is None:
        return settled("said anew since", f"*{allocation.ref}*  {due_words(allocation.due_on, office.today(session))}")
    letter = said(session, office, allocation)
    return replace(letter, blocks=[*letter.blocks, *_until_then(allocation, office.today(session))])


def _over(session: Session, office: Office, allocation: Allocation, reader: Person) -> Dropped | None:
    """Why nothing is to be said any more: with somebody else, in or held, a reason is known, or it is too late."""
    holder, cut_off, ref = allocation.holder, allocation.round.cut_off_at, allocation.ref
    if not allocation.is_open or holder is None or holder.id != reader.id:
        return settled("not theirs to do any more", how_it_ended(allocation, reader))
    if find.submissions.held_of(session, allocation, holder):
        return settled("it has come and is held", f"*{ref}*: it has come, thank you. It is held to be mended.")
    if allocation.reason:
        return settled("a reason is known", f"*{ref}*: you have said what stops you. Thank you.")
    if cut_off is None or office.now(session) >= cut_off:
        return settled("after the cut-off", f"*{ref}*: this month has closed. The form stays open.")
    return None


def _until_then(allocation: Allocation, today: date) -> list[Block]:
    """What they asked for: to be reminded on a day that is ahead, or more time that is not decided on yet."""
    lines = []
    if allocation.remind_on is not None and allocation.remind_on > today:
        lines.append(f"We remind you again on {allocation.remind_on:%A %-d %B}.")
    if allocation.asked_until is not None:
        lines.append(f"You have asked for more time, until {allocation.asked_until:%A %-d %B}.")
    return [quiet(" ".join(lines))] if lines else []


def _check_in(session: Session, office: Office, allocation: Allocation) -> Letter:
    return Letter(
        text="How is your audit coming along?",
        rank=Rank.DUE_SOON,
        blocks=[
            section("*How is it coming along?*"),
            drawn.audit_line(allocation, office.today(session)),
            section("Have you spoken to the child and family, or agreed with the social worker why not?"),
            drawn.pressable(
                allocation,
                [
                    drawn.on_track(allocation),
                    *_swapping(session, office, allocation),
                    drawn.remind_me(allocation),
                    drawn.cannot_do(allocation),
                ],
            ),
        ],
    )


def _day_before(session: Session, office: Office, allocation: Allocation) -> Letter:
    due = due_words(allocation.due_on, office.today(session))
    return Letter(
        text=f"Your audit is {due}",
        rank=Rank.DUE_SOON,
        blocks=[
            section(f"*Nearly there: your audit is {due}.*"),
            drawn.audit_line(allocation, office.today(session)),
            drawn.pressable(
                allocation,
                [
                    drawn.open_form(allocation),
                    *_swapping(session, office, allocation),
                    *_more_time(session, office, allocation),
                    drawn.remind_me(allocation),
                ],
            ),
        ],
    )


def _was_due(session: Session, office: Office, allocation: Allocation) -> Letter:
    due = due_words(allocation.due_on, office.today(session))
    return Letter(
        text=f"Your audit {due}",
        rank=Rank.LATE,
        blocks=[
            section(
                f"*Your audit {due}.* It can still be in time: the form is open until {drawn.open_until(allocation)}."
            ),
            drawn.audit_line(allocation, office.today(session)),
            section("If something is in the way, please say what: that helps us too."),
            _what_helps(session, office, allocation),
        ],
    )


def _head_told(session: Session, office: Office, allocation: Allocation) -> Letter:
    due = due_words(allocation.due_on, office.today(session))
    head = who_leads(session, at=office.now(session))(allocation.holder) if allocation.holder else None
    who = escaped(head.name) if head else "Your Head of Service"
    return Letter(
        text=f"Your audit {due}",
        rank=Rank.LATE,
        blocks=[
            section(f"*{who} has been told that your audit {due}*, and may be able to help."),
            drawn.audit_line(allocation, office.today(session)),
            section(f"It can still be in time: the form is open until {drawn.open_until(allocation)}."),
            _what_helps(session, office, allocation),
        ],
    )


def _closing(session: Session, office: Office, allocation: Allocation) -> Letter:
    closing = f"Closing at {drawn.open_until(allocation)[-5:]} today"
    return Letter(
        text=closing,
        rank=Rank.ENDS_TODAY,
        blocks=[
            section(f"*{closing}.* What is in by then is moderated with the others."),
            drawn.audit_line(allocation, office.today(session)),
            drawn.pressable(
                allocation, [drawn.open_form(allocation), drawn.sent_it(allocation), drawn.cannot_do(allocation)]
            ),
        ],
    )


def _asked_for(session: Session, office: Office, allocation: Allocation) -> Letter:
    return Letter(
        text="You asked to be reminded of your audit today",
        rank=Rank.DUE_SOON,
        blocks=[
            section("*You asked to be reminded of this today.*"),
            drawn.audit_line(allocation, office.today(session)),
            _what_helps(session, office, allocation),
        ],
    )


STEPS: Mapping[str, Callable[[Session, Office, Allocation], Letter]] = {
    chasing.CHECK_IN: _check_in,
    chasing.DAY_BEFORE: _day_before,
    chasing.WAS_DUE: _was_due,
    chasing.HEAD_TOLD: _head_told,
    chasing.CLOSING: _closing,
    chasing.ASKED_FOR: _asked_for,
}


def _what_helps(session: Session, office: Office, allocation: Allocation) -> Block:
    """Everything that can be said of an audit that was due."""
    return drawn.pressable(
        allocation,
        [
            drawn.open_form(allocation),
            drawn.sent_it(allocation),
            *_more_time(session, office, allocation),
            drawn.remind_me(allocation),
            drawn.cannot_do(allocation),
        ],
    )


def _swapping(session: Session, office: Office, allocation: Allocation) -> list[Block]:
    """**Swap**, or what was asked already, taken back."""
    asked = find.swaps.open_of(session, allocation.holder) if allocation.holder else {}
    return about_swapping(allocation, office.today(session), asked.get(allocation.ref))


def _more_time(session: Session, office: Office, allocation: Allocation) -> list[Block]:
    """Only to whom it would be given."""
    may = more_time.may_be_had(allocation, at=office.now(session), rules=office.rules)
    return [more_time_button(allocation)] if may else []


def head_told(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Those of the audits this digest was made of that are late still."""
    told, today = _told_then(session, notice), office.today(session)
    audits, leader = find.chasing.audits(session, list(told)), who_leads(session, at=office.now(session))
    late = [
        drawn.to_explain(each, today)
        for each in audits
        if each.is_open and not each.reason and each.due_on == told[each.ref] and each.round.month == notice.about
        if each.holder and leader(each.holder) is notice.person
    ]
    if not late:
        return settled("none is late any more", "*Nothing is late in your service any more.* Thank you.")
    many = (
        f"{len(late)} audits in your service were due and are" if late[1:] else "1 audit in your service was due and is"
    )
    return Letter(
        text=f"{many} not in yet",
        rank=Rank.OTHERS_LATE,
        blocks=[
            section(f"*{many} not in yet.* The auditors know that you have been told."),
            *drawn.listed(late),
            quiet("A word often helps: with time, a swap, or to hear what is in the way. Where you know, say why."),
            to_the_pages(),
        ],
    )


def taken_back(session: Session, _office: Office, notice: Notice) -> Letter:
    """Why somebody was not at work, and that they were not, is nobody's to read here."""
    allocation = find.allocations.by_ref(session, notice.about)
    return Letter(
        text="An audit is not late after all",
        blocks=[
            section(f"*{allocation.ref} is not late after all*, as is known now. What we told you of it is taken back.")
        ],
    )


def owner_reminded(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    [action], today = find.chasing.actions(session, [notice.about]), office.today(session)
    if not action.is_open or action.owner.id != notice.person.id:
        return settled("not theirs to do any more", settled_line(action))
    due = due_words(action.due_on, today)
    steps = [each for each in _steps(session, action.ref) if each.step != chasing.HEAD_TOLD]
    if not reminders.still_said(steps, due_on=action.due_on, at=notice.made_at):
        return settled("said anew since", f"*{action.ref}*  {due}")
    return Letter(
        text=f"An action of yours {due if due.startswith('was') else f'is {due}'}",
        rank=Rank.LATE if action.due_on < today else Rank.DUE_SOON,
        blocks=[
            *open_action(action, today),
            to_the_pages(),
        ],
    )


def head_told_of_actions(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Those of the actions this digest was made of that are late still."""
    told, today = _told_then(session, notice), office.today(session)
    actions, leader = find.chasing.actions(session, list(told)), who_leads(session, at=office.now(session))
    late = [
        beside(section(drawn.late_action(each, today)), answer_late(each))
        for each in actions
        if each.is_open and each.due_on == told[each.ref]
        if leader(each.owner) is notice.person
    ]
    if not late:
        return settled("none is late any more", "*No action is late in your service any more.* Thank you.")
    many = f"{len(late)} actions in your service were due" if late[1:] else "1 action in your service was due"
    return Letter(
        text=many,
        rank=Rank.OTHERS_LATE,
        blocks=[
            section(f"*{many}.* A word with its owner often helps."),
            *drawn.listed(late),
            to_the_pages(),
        ],
    )


def _steps(session: Session, ref: str) -> list[StepTaken]:
    return find.chasing.steps(session, [ref]).get(ref, [])


def _told_then(session: Session, notice: Notice) -> dict[str, date]:
    """What a digest was made of, each with the date it was due then."""
    steps = find.chasing.taken_at(session, chasing.HEAD_TOLD, notice.made_at)
    return {step.about: step.due_on for step in steps}
