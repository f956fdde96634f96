"""The history as people read it: who did what, for whom, about which reference, and when. No word about a child."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from programme.people import Person

WHAT: Mapping[str, str] = {
    "absence_recorded": "noted when somebody is not at work",
    "action_acknowledged": "acknowledged the action",
    "action_changed": "changed what the action asks",
    "action_checked": "found the action shown in the child's record",
    "action_confirmed": "confirmed the action as complete",
    "action_date_set": "set a new date for the action",
    "action_discussed": "discussed the action in supervision",
    "action_doubted": "asked for the action to be looked at again",
    "action_handed_on": "handed the action on",
    "action_not_taken": "left the action with its owner",
    "action_passed_on": "said that the action belongs to someone else",
    "action_placed": "said whose the action is",
    "action_raised": "raised the action",
    "action_reopened": "reopened the action",
    "action_stands": "looked at the action again, and let it stand",
    "action_taken_over": "accepted the action",
    "action_time_asked": "asked for more time for the action",
    "action_time_given": "gave more time for the action",
    "action_time_refused": "did not give more time for the action",
    "action_time_taken": "moved the action's date, once",
    "action_to_place": "asked whose the action is",
    "action_withdrawn": "withdrew the action",
    "actions_given": "told somebody of the actions that are theirs now",
    "actions_started": "sent the actions to their owner",
    "actions_taken_over": "told somebody that their actions are with others now",
    "alert_repeated": "told people of the alert again",
    "alert_taken": "has the alert in hand",
    "allocation_moved": "changed who is to have which audit",
    "allocation_steered": "said by hand who is to have a record, or not",
    "app_refused": "found that Slack refuses the app",
    "attendance_kept": "noted who was at the moderation day",
    "audit_closed": "closed the audit",
    "audit_handed_on": "handed the audit on",
    "audit_handed_over": "took the audit over by a swap",
    "audit_moderated": "agreed the judgement with the other moderator",
    "audit_read": "judged the audit alone",
    "audit_reopened": "opened the audit again",
    "audit_sent_back": "sent the audit back to its auditor",
    "audit_withdrawn": "withdrew the audit",
    "auditing_paused": "let an auditor pause",
    "auditing_taken_up": "let an auditor audit again",
    "auditor_asked": "asked the auditor to mend what is held",
    "auditor_thanked": "thanked the auditor",
    "call_noted": "noted who was rung",
    "came_back": "noted that somebody is back at work earlier",
    "candidacy_ended": "completed the evaluation of an auditor",
    "case_given_out": "gave the audit out",
    "case_handed_back": "handed the audit back",
    "cases_imported": "brought in a month's frame of records",
    "check_asked": "asked for a check of the confirmed action",
    "check_fell_away": "found nothing to check any more",
    "check_handed_on": "gave the check to somebody else",
    "checker_reminded": "reminded who checks the action",
    "child_unsafe": "raised an alert that a child is unsafe",
    "competency_begun": "said that somebody is a developing auditor",
    "competency_reminded": "reminded of an evaluation or a signature",
    "competency_signed_off": "signed an auditor off as competent",
    "core_joined": "took an auditor into the core group",
    "deputy_named": "named a deputy",
    "evaluation_asked": "asked for an evaluation of an auditor",
    "evaluation_given": "evaluated an auditor",
    "example_shared": "shared an example of good practice",
    "example_taken_back": "took an example of good practice back",
    "form_linked": "linked a Google Form",
    "head_reminded": "asked the Head of Service once more",
    "head_told": "told the Head of Service of late audits",
    "head_told_of_actions": "told the Head of Service of late actions",
    "help_offered": "offered to take an audit",
    "help_said": "said whether the audit helped",
    "helper_joined": "offered to take one, and may answer",
    "joiner_named": "named somebody who has joined",
    "judgement_stands": "let the judgement stand of the newer version",
    "lateness_taken_back": "took back that the audit was late",
    "link_asked": "asked for a link to their own address",
    "message_dropped": "dropped the message",
    "message_held": "held the message back",
    "message_released": "let the message go",
    "message_sent_again": "had the message sent again",
    "messages_paused": "paused all messages",
    "mistake_pointed_out": "pointed out a factual mistake",
    "moderation_asked": "asked somebody to moderate",
    "moderation_day_moved": "changed the moderation day's hours or place",
    "moderation_day_opened": "opened the moderation day",
    "moderation_decided": "decided where the pair did not agree",
    "moderation_disputed": "said that the pair does not agree",
    "moderator_cannot_come": "cannot come to the moderation day",
    "moderator_coming": "is coming to the moderation day",
    "moderator_reminded": "reminded the moderator",
    "moderator_replaced": "named somebody else to read the audit",
    "moderators_named": "named the moderators",
    "month_imported": "brought in a past month",
    "month_may_fall_short": "warned that the month may fall short",
    "month_told": "told the administrator what changed and what needs them",
    "more_time_asked": "asked for more time",
    "more_time_given": "gave more time",
    "more_time_refused": "did not give more time",
    "more_time_taken": "took more time",
    "newer_to_moderate": "let a newer version come to its moderators",
    "no_reserve_left": "found no reserve for a record handed back",
    "on_track": "said that the audit is on track",
    "outcome_acknowledged": "acknowledged the outcome",
    "outcome_answered": "answered the outcome",
    "outcome_opened": "opened the outcome",
    "outcome_sent": "sent the outcome out",
    "owner_reminded": "reminded the action's owner",
    "partner_total_entered": "entered a partner service's total",
    "people_imported": "brought in the people list",
    "people_kept_apart": "kept two people apart",
    "person_moved_on": "noted that somebody moves on",
    "person_stays": "noted that somebody stays after all",
    "personal_data_let_in": "let stand what looks like personal data",
    "profile_answered": "answered to the own profile",
    "reason_given": "gave a reason why the audit is not returned",
    "record_chosen": "chose the record for the month's sample",
    "record_released": "released a restricted record to one auditor",
    "record_restored": "restored everything from a backup",
    "released": "let something be tried again",
    "reminded": "reminded the auditor",
    "reminder_moved": "moved the reminder to another day",
    "report_drafted": "drafted the report",
    "report_issued": "issued the report",
    "report_signed_off": "signed the report off",
    "reserve_called": "called a reserve in place of a record handed back",
    "return_recorded": "returned the audit",
    "roll_changed": "put the list of people right",
    "roll_check_asked": "asked whether the list of people is right",
    "roll_check_asked_again": "asked again whether the list of people is right",
    "roll_confirmed": "confirmed the list of people",
    "roll_not_confirmed": "let last month's list of people stand",
    "round_allocated": "allocated the month's records",
    "round_closed": "closed the month",
    "round_dates_moved": "moved dates of the month",
    "round_opened": "opened the month",
    "round_withdrawn": "withdrew the month, given out by mistake",
    "said_beforehand": "said something before the audit",
    "sample_drawn": "drew the sample",
    "sheet_paused": "stopped reading the response sheet",
    "sheet_rows_gone": "found rows gone from the response sheet",
    "sign_in_link_made": "made a sign-in link",
    "sign_off_asked": "asked leadership to sign an auditor off",
    "signed_in": "signed in",
    "slack_account_brought_back": "brought a Slack account back that was set aside",
    "slack_account_gone": "found the Slack account closed",
    "slack_account_matched": "matched the Slack account",
    "slack_account_set_aside": "set a Slack account aside",
    "slack_account_unmatched": "took the match of a Slack account back",
    "submission_discarded": "discarded what was held",
    "submission_held": "held what arrived",
    "submission_matched": "said which audit it belongs to",
    "submission_superseded": "let a newer return count",
    "swap_accepted": "accepted the swap, or made it for others",
    "swap_answered": "could not take it; others still may",
    "swap_asked": "asked for a swap",
    "swap_ended": "ended the request to swap",
    "swap_suggested": "suggested a swap",
    "swap_to_approve": "would take it, if it is approved",
    "swap_undone": "undid the swap",
    "target_changed": "set another target",
    "team_put_right": "put right with whom the child is now",
    "tie_declared": "declared a tie",
    "tie_taken_back": "took a tie back",
    "tool_imported": "brought in an audit tool",
    "tool_version_made": "wrote a new version of the audit tool",
    "tool_version_removed": "took a version of the audit tool away",
    "turns_planned": "planned the turns ahead",
    "unsafe_unmatched": "raised an alert that cannot be matched yet",
    "vacancy_asked": "asked who takes an empty place",
    "vacancy_filled": "filled an empty place",
    "way_chosen": "chose e-mail or chat",
    "work_to_hand_on": "found work to hand on",
}
"""What is said of each fact, by the name it is stored by."""


@dataclass(frozen=True)
class Line:
    """One line of the history. `about_whom`: the person whom a reference like PER-5 names."""

    number: int
    at: datetime
    kind: str
    about: str
    by: Person | None
    on_behalf_of: Person | None
    is_sealed: bool
    about_whom: Person | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def who(self) -> str:
        return who(self.by, self.on_behalf_of)

    @property
    def what(self) -> str:
        if self.details.get("paused") == "False":
            return "let messages go out again"
        return WHAT.get(self.kind, self.kind.replace("_", " "))


def who(by: Person | None, on_behalf_of: Person | None) -> str:
    """Both names, where somebody acted for another."""
    name = by.name if by else "By itself"
    return f"{name} for {on_behalf_of.name}" if on_behalf_of else name
