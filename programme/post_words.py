"""What is said of messages that wait, were sent or failed: why there is one, by which step, and what holds it up."""

from collections.abc import Mapping
from datetime import datetime

from programme import chasing
from programme.calendar import london
from programme.notices import PACED, UNHEARD_OF, Notice
from programme.post_switch import PostSwitch
from programme.words import NoticeState, Way

WHY: Mapping[str, str] = {
    "link_asked": "They asked for a link to sign in",
    "app_refused": "Slack refuses the app, so nothing goes out there",
    "case_given_out": "An audit was given to them",
    "audit_handed_on": "An audit was handed on to them",
    "return_recorded": "Their audit has come in",
    "submission_held": "A return is held to be mended",
    "auditor_asked": "They are asked to mend a return",
    "submission_discarded": "A return was set aside",
    "unsafe_unmatched": "'Unsafe now' came in, and nobody knows for which child",
    "sheet_paused": "The response sheet cannot be read",
    "sheet_rows_gone": "Rows are gone from the response sheet",
    "case_handed_back": "An auditor handed an audit back",
    "round_withdrawn": "An apology: the month was given out by mistake",
    "reason_given": "An auditor cannot do their audit",
    "swap_asked": "They are asked to swap",
    "swap_accepted": "A swap was made",
    "swap_ended": "A request to swap has ended",
    "swap_to_approve": "A swap waits for a yes",
    "swap_undone": "A swap was undone",
    "swap_suggested": "They could be asked to swap",
    "action_raised": "An action was raised",
    "action_time_asked": "An owner asks for more time for an action",
    "action_time_given": "They have more time for an action",
    "action_time_refused": "The date of their action stays",
    "action_date_set": "Their action has a new date",
    "action_passed_on": "They are asked whether an action is theirs",
    "action_taken_over": "Somebody else has their action now",
    "action_not_taken": "An action stays with its owner",
    "action_to_place": "They are asked whose an action is",
    "action_placed": "They were given an action, or somebody else was",
    "action_doubted": "An action is asked to be looked at again",
    "action_stands": "Their action was looked at again",
    "action_changed": "Their action was changed",
    "action_withdrawn": "An action was withdrawn",
    "actions_given": "Actions of others are theirs now",
    "actions_taken_over": "Actions of theirs are with others now",
    "moderation_asked": "They are asked to moderate",
    "moderation_day_moved": "The moderation day has other hours or another place",
    "moderator_cannot_come": "A moderator cannot come",
    "audit_moderated": "Their audit was moderated",
    "outcome_sent": "The outcome of an audit",
    "outcome_answered": "Their audit was answered",
    "mistake_pointed_out": "A mistake was pointed out in what they moderated",
    "audit_sent_back": "An audit came back to them: something is missing",
    "newer_to_moderate": "A newer version of what they moderate came",
    "moderation_disputed": "A pair does not agree, and they decide",
    "moderation_decided": "It was decided where they did not agree",
    "actions_started": "Actions start with the agreed outcome",
    "action_confirmed": "An action was confirmed",
    "action_reopened": "An action is open again",
    "audit_closed": "An audit is closed",
    "check_asked": "They are asked to check a confirmed action",
    "check_handed_on": "A check was handed on to them",
    "checker_reminded": "A reminder of what they have to check",
    "child_unsafe": "Somebody answered 'unsafe now'",
    "alert_repeated": "Nobody has an 'unsafe now' in hand yet",
    "alert_taken": "Somebody has an 'unsafe now' in hand",
    "alert_ended": "An alert has come to its end",
    "alert_stands": "An alert has not come to its end",
    "child_made_safe": "A child was seen or made safe",
    "reminded": "A reminder of their audit",
    "head_told": "Audits in their service are late",
    "lateness_taken_back": "An audit was not late after all",
    "more_time_asked": "An auditor asks for more time",
    "more_time_given": "They have more time",
    "more_time_refused": "There is no more time",
    "owner_reminded": "A reminder of their action",
    "head_reminded": "They have not answered yet",
    "month_told": "What changed, and what needs them",
    "moderator_reminded": "A reminder of what they have to read",
    "auditor_thanked": "Thanks for their audits of a month",
    "head_told_of_actions": "Actions in their service are late",
    "record_chosen": "A record they work with was chosen",
    "reserve_called": "A reserve takes the place of a record",
    "no_reserve_left": "No reserve is left",
    "roll_check_asked": "They are asked whether their list is right",
    "roll_check_asked_again": "They are asked once more whether their list is right",
    "joiner_named": "Somebody new was named",
    "month_may_fall_short": "The month may fall short of its target",
    "work_to_hand_on": "Somebody moves on with work open",
    "vacancy_asked": "A place is empty",
    "slack_account_gone": "Somebody's Slack account is gone",
    "competency_begun": "Where they stand as an auditor changed",
    "evaluation_asked": "They are asked to evaluate an auditor",
    "evaluation_given": "An evaluation of theirs was written",
    "sign_off_asked": "An auditor waits for their signature",
    "competency_signed_off": "An auditor was signed off",
    "candidacy_ended": "An evaluation is complete",
    "core_joined": "Where they stand as an auditor changed",
    "auditing_paused": "Where they stand as an auditor changed",
    "auditing_taken_up": "Where they stand as an auditor changed",
    "competency_reminded": "An evaluation or a signature waits for them",
}
"""By the kind of fact that a message tells."""

STEPS: Mapping[str, str] = {
    chasing.CHECK_IN: "check-in before it is due",
    chasing.DAY_BEFORE: "the day before it is due",
    chasing.WAS_DUE: "was due",
    chasing.HEAD_TOLD: "the Head of Service is told",
    chasing.CLOSING: "closing today",
    chasing.ASKED_FOR: "on the day they asked for",
    chasing.DUE_SOON: "due soon",
    chasing.DUE_TODAY: "due today",
    chasing.FIRST_AFTER: "was due, first time",
    chasing.SECOND_AFTER: "was due, second time",
    chasing.THIRD_AFTER: "was due, third time",
}

CODES: Mapping[str, str] = {
    "not_on_slack_yet": "No Slack account of theirs is known yet",
    "account_gone": "Their Slack account is closed, a guest's or elsewhere",
    "ratelimited": "Slack asks us to send more slowly",
    PACED: "Many go out at once, so they go one after the other",
    "not_reached": "Slack cannot be reached",
    "not_drawn": "The message could not be drawn",
    "broke_off": "Sending broke off",
    "user_not_found": "Slack does not know their account any more",
    "channel_not_found": "Slack does not know their account any more",
    "user_disabled": "Their Slack account is closed",
    "cannot_dm_bot": "Their account is a bot's",
    "messages_tab_disabled": "The app's messages are switched off in Slack",
    "invalid_auth": "Slack does not accept our token",
    "not_authed": "Slack does not accept our token",
    "token_revoked": "Our token was revoked in Slack",
    "token_expired": "Our token has run out",
    "account_inactive": "The bot's own account is closed",
    "missing_scope": "The app lacks a permission in Slack",
    "bad_address": "GOV.UK Notify does not take their e-mail address",
    "notify_team_only": "Our key for GOV.UK Notify may write to its own team only",
    "notify_trial": "Our service is in trial mode in GOV.UK Notify",
    "notify_template": "GOV.UK Notify does not take our template",
    "notify_may_not": "Our service may not send e-mail in GOV.UK Notify",
    "notify_key": "GOV.UK Notify does not accept our key",
    "notify_clock": "Our clock is wrong, so GOV.UK Notify does not answer us",
    "notify_limit_of_the_day": "GOV.UK Notify sends no more of our e-mails today",
    "notify_ratelimited": "GOV.UK Notify asks us to send more slowly",
    "notify_not_reached": "GOV.UK Notify cannot be reached",
}
"""What the codes of Slack, of GOV.UK Notify and our own mean for whoever runs the month."""

NOTIFYS = "notify_"


def why_there_is_one(kind: str, step: str = "") -> str:
    """The fact in plain words, and of a reminder its step."""
    said = WHY.get(kind, kind.replace("_", " ").capitalize())
    return f"{said}: {step_in_words(step)}" if step else said


def step_in_words(step: str) -> str:
    return STEPS.get(step, "was due, every Monday" if step.startswith("monday ") else step.replace("_", " "))


def code_in_words(code: str) -> str:
    """What a code means; where we have no words for it, the code itself."""
    if code in CODES or not code:
        return CODES.get(code, "")
    for mark, who in ((UNHEARD_OF, "Slack"), (NOTIFYS, "GOV.UK Notify")):
        if code.startswith(mark):
            return f"{who} gave an answer that we do not know: {code.removeprefix(mark)}"
    return f"What came back was {code}"


def held_up_by(notice: Notice, switch: PostSwitch, *, now: datetime, real_now: datetime) -> str:
    """What keeps a message that is still to go; when nothing does, that it goes."""
    if notice.state is NoticeState.HELD:
        return f"Held by {notice.set_by.name if notice.set_by else 'somebody'}, because: {notice.why}"
    if notice.state is NoticeState.LEASED:
        return "On its way"
    return _all_held_up(notice, switch) or _put_off(notice, now, real_now) or "Goes in the next minute"


def _all_held_up(notice: Notice, switch: PostSwitch) -> str:
    if switch.refused and not _needs_no_slack(notice):
        return f"Slack refuses the app. {code_in_words(switch.refused_why)}"
    return "All messages are paused" if switch.paused and not notice.goes_at_once else ""


def _needs_no_slack(notice: Notice) -> bool:
    """It goes by e-mail, whatever Slack says of the app."""
    elsewhere = notice.person.prefers_email or not notice.person.may_be_on_slack
    return notice.way is Way.EMAIL or (notice.way is Way.ANY and elsewhere)


def _put_off(notice: Notice, now: datetime, real_now: datetime) -> str:
    if notice.retry_at is not None and notice.retry_at > real_now:
        return f"{code_in_words(notice.why)}. Tried again at {london(notice.retry_at):%H:%M}"
    return f"Waits until {london(notice.due_at):%H:%M on %A %-d %B}" if notice.due_at > now else ""


def standstill(switch: PostSwitch) -> str:
    """What does not go out and why, since when, and what to do; empty while messages go."""
    if switch.refused and switch.refused_since:
        since = f"{london(switch.refused_since):%H:%M on %A %-d %B}"
        said = f"Slack has refused the app since {since}, so nothing goes out there; what goes by e-mail does."
        why = code_in_words(switch.refused_why)
        return f"{said} {why}. Nothing is lost: Slack is asked every minute, and all goes out once it answers."
    if switch.paused:
        return "All messages are paused, but for alerts that a child may be unsafe now, and links to sign in by e-mail."
    return ""


def how_it_ended(notice: Notice) -> str:
    """Sent, failed and why, or dropped: by whom, or because nobody needed it any more."""
    if notice.state is NoticeState.SENT:
        return f"Sent at {london(notice.sent_at):%H:%M on %A %-d %B}" if notice.sent_at else "Sent"
    if notice.state is NoticeState.FAILED:
        return f"Did not go out. {code_in_words(notice.why)}"
    if notice.set_by is not None:
        return f"Dropped by {notice.set_by.name}, because: {notice.why}"
    return f"Not needed any more: {notice.why}" if notice.why else "Not needed any more"
