"""The words of every message, by the kind of fact it tells.

Each is a function that looks at what is true now: it draws the message, or says why it is not needed any more. The
`text` is what a lock screen may show: nothing in it points at a child.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.messages import (
    action_steps,
    actions,
    audits,
    checks,
    chosen,
    closing,
    competency,
    forecast,
    handed,
    moderating,
    moderation,
    month_told,
    more_time,
    outcomes,
    people,
    post,
    reminders,
    roll_check,
    round_,
    safety,
    sign_in,
    submissions,
    swaps,
    thanks,
    unanswered,
)
from bot.messages.hours import in_the_hours
from bot.views.fitting import within_message
from programme.action_facts import (
    ActionChanged,
    ActionDateSet,
    ActionDoubted,
    ActionNotTaken,
    ActionPassedOn,
    ActionPlaced,
    ActionStands,
    ActionTakenOver,
    ActionTimeAsked,
    ActionTimeGiven,
    ActionTimeRefused,
    ActionToPlace,
)
from programme.arrivals import (
    AuditorAsked,
    SheetPaused,
    SheetRowsGone,
    SubmissionDiscarded,
    SubmissionHeld,
    UnsafeUnmatched,
)
from programme.closing_facts import ActionReopened, AuditClosed, CheckAsked, CheckerReminded, CheckHandedOn
from programme.competency_facts import (
    AuditingPaused,
    AuditingTakenUp,
    CandidacyEnded,
    CompetencyBegun,
    CompetencyReminded,
    CompetencySignedOff,
    CoreJoined,
    EvaluationAsked,
    EvaluationGiven,
    SignOffAsked,
)
from programme.daily_facts import (
    AuditorThanked,
    HeadReminded,
    HeadTold,
    HeadToldOfActions,
    ModeratorReminded,
    MonthTold,
    OwnerReminded,
    Reminded,
)
from programme.facts import (
    ActionConfirmed,
    ActionRaised,
    ActionsStarted,
    ActionWithdrawn,
    AlertRepeated,
    AlertTaken,
    AuditModerated,
    CaseGivenOut,
    CaseHandedBack,
    ChildUnsafe,
    LinkAsked,
    ModerationAsked,
    ReasonGiven,
    ReturnRecorded,
)
from programme.moderation_day_facts import ModerationDayMoved, ModeratorCannotCome
from programme.moderation_facts import (
    AuditSentBack,
    ModerationDecided,
    ModerationDisputed,
    NewerToModerate,
)
from programme.notices import Dropped, Letter, Notice
from programme.outcome_facts import MistakePointedOut, OutcomeAnswered, OutcomeSent
from programme.oversight_facts import ActionsGiven, ActionsTakenOver
from programme.planning_facts import (
    AuditHandedOn,
    JoinerNamed,
    MonthMayFallShort,
    NoReserveLeft,
    RecordChosen,
    ReserveCalled,
    RollCheckAsked,
    RollCheckAskedAgain,
    RoundWithdrawn,
    SlackAccountGone,
    VacancyAsked,
    WorkToHandOn,
)
from programme.post_facts import AppRefused
from programme.reminder_facts import LatenessTakenBack, MoreTimeAsked, MoreTimeGiven, MoreTimeRefused
from programme.safety_facts import AlertEnded, AlertStands, ChildMadeSafe
from programme.swap_facts import SwapAccepted, SwapAsked, SwapEnded, SwapSuggested, SwapToApprove, SwapUndone
from storage import find
from storage.office import Office
from storage.session import Session

Message = Callable[[Session, Office, Notice], Letter | Dropped]

MESSAGES: Mapping[str, Message] = {
    CaseGivenOut.kind(): audits.given_out,
    AuditHandedOn.kind(): audits.given_out,
    ReturnRecorded.kind(): audits.returned,
    SubmissionHeld.kind(): submissions.held,
    AuditorAsked.kind(): submissions.asked,
    SubmissionDiscarded.kind(): submissions.discarded,
    UnsafeUnmatched.kind(): submissions.unsafe_unmatched,
    SheetPaused.kind(): submissions.sheet_paused,
    SheetRowsGone.kind(): submissions.sheet_rows_gone,
    CaseHandedBack.kind(): round_.handed_back,
    ReasonGiven.kind(): round_.reason_given,
    RoundWithdrawn.kind(): round_.withdrawn,
    SwapAsked.kind(): swaps.asked,
    SwapAccepted.kind(): swaps.accepted,
    SwapEnded.kind(): swaps.ended,
    SwapToApprove.kind(): swaps.for_approval,
    SwapUndone.kind(): swaps.undone,
    SwapSuggested.kind(): swaps.suggested,
    ActionRaised.kind(): actions.raised,
    ActionTimeAsked.kind(): action_steps.time_asked,
    ActionTimeGiven.kind(): action_steps.time_given,
    ActionTimeRefused.kind(): action_steps.time_refused,
    ActionDateSet.kind(): action_steps.date_set,
    ActionPassedOn.kind(): action_steps.passed_on,
    ActionTakenOver.kind(): action_steps.taken_over,
    ActionNotTaken.kind(): action_steps.not_taken,
    ActionToPlace.kind(): action_steps.to_place,
    ActionPlaced.kind(): action_steps.placed,
    ActionDoubted.kind(): action_steps.doubted,
    ActionStands.kind(): action_steps.stands,
    ActionChanged.kind(): action_steps.changed,
    ActionWithdrawn.kind(): action_steps.withdrawn,
    ActionsGiven.kind(): handed.given,
    ActionsTakenOver.kind(): handed.taken_over,
    ModerationAsked.kind(): moderation.asked,
    ModerationDayMoved.kind(): moderation.moved,
    ModeratorCannotCome.kind(): moderation.cannot_come,
    AuditModerated.kind(): moderation.moderated,
    OutcomeSent.kind(): outcomes.sent,
    OutcomeAnswered.kind(): outcomes.answered,
    MistakePointedOut.kind(): outcomes.mistake,
    AuditSentBack.kind(): moderating.sent_back,
    NewerToModerate.kind(): moderating.newer,
    ModerationDisputed.kind(): moderating.disputed,
    ModerationDecided.kind(): moderating.decided,
    ActionsStarted.kind(): actions.started,
    ActionConfirmed.kind(): actions.confirmed,
    CheckAsked.kind(): checks.asked,
    CheckHandedOn.kind(): checks.asked,
    CheckerReminded.kind(): checks.reminded,
    ActionReopened.kind(): checks.reopened,
    AuditClosed.kind(): closing.closed,
    ChildUnsafe.kind(): safety.child_unsafe,
    AlertRepeated.kind(): safety.child_unsafe,
    AlertTaken.kind(): safety.taken,
    ChildMadeSafe.kind(): safety.made_safe,
    AlertStands.kind(): safety.stands,
    AlertEnded.kind(): safety.ended,
    Reminded.kind(): reminders.reminded,
    MonthTold.kind(): month_told.told,
    AuditorThanked.kind(): thanks.thanked,
    ModeratorReminded.kind(): moderation.reminded,
    HeadReminded.kind(): unanswered.asked_again,
    HeadTold.kind(): reminders.head_told,
    LatenessTakenBack.kind(): reminders.taken_back,
    MoreTimeAsked.kind(): more_time.asked,
    MoreTimeGiven.kind(): more_time.given,
    MoreTimeRefused.kind(): more_time.refused,
    OwnerReminded.kind(): reminders.owner_reminded,
    HeadToldOfActions.kind(): reminders.head_told_of_actions,
    RecordChosen.kind(): chosen.chosen,
    ReserveCalled.kind(): chosen.reserve_called,
    NoReserveLeft.kind(): chosen.no_reserve,
    RollCheckAsked.kind(): roll_check.asked,
    RollCheckAskedAgain.kind(): roll_check.asked,
    JoinerNamed.kind(): roll_check.joiner_named,
    MonthMayFallShort.kind(): forecast.may_fall_short,
    WorkToHandOn.kind(): people.work_to_hand_on,
    VacancyAsked.kind(): people.place_empty,
    SlackAccountGone.kind(): people.account_gone,
    LinkAsked.kind(): sign_in.link_asked,
    AppRefused.kind(): post.app_refused,
    CompetencyBegun.kind(): competency.stands,
    EvaluationAsked.kind(): competency.evaluation_asked,
    EvaluationGiven.kind(): competency.evaluation_given,
    SignOffAsked.kind(): competency.sign_off_asked,
    CompetencyReminded.kind(): competency.reminded,
    CandidacyEnded.kind(): competency.ended,
    CompetencySignedOff.kind(): competency.signed_off,
    CoreJoined.kind(): competency.stands,
    AuditingPaused.kind(): competency.stands,
    AuditingTakenUp.kind(): competency.stands,
}


def render(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Judge again, then draw, as much as one message takes. Nobody who has moved on is told anything, and what is of
    the day comes to nobody who is not at work, nor outside the hours of a working day, however long it had to wait.

    Who reads it was found in another session, and rules compare people by identity: so they are found again in this.
    """
    today = office.today(session)
    reader = next(iter(find.people.with_absences(session, [notice.person.id or 0])), None)
    if reader is None or not reader.is_here_on(today):
        return Dropped("not in post any more")
    drawn = MESSAGES[notice.kind](session, office, replace(notice, person=reader))
    if isinstance(drawn, Dropped):
        return drawn
    letter = replace(drawn, blocks=within_message(drawn.blocks))
    return in_the_hours(session, office, reader, letter) if notice.of_the_day else letter
