"""What Slack's own codes mean for a message: to be tried again, doubtful, this person's, the app's, or our mistake."""

from collections.abc import Mapping

from programme.notices import Answer

BY_CODE: Mapping[str, Answer] = {
    # This person cannot be written to; others can.
    "user_not_found": Answer.PERSON,
    "users_not_found": Answer.PERSON,
    "channel_not_found": Answer.PERSON,
    "is_archived": Answer.PERSON,
    "not_in_channel": Answer.PERSON,
    "cannot_dm_bot": Answer.PERSON,
    "user_disabled": Answer.PERSON,
    "user_not_visible": Answer.PERSON,
    "messages_tab_disabled": Answer.PERSON,
    # This message cannot be drawn again.
    "message_not_found": Answer.PERSON,
    "cant_update_message": Answer.PERSON,
    "edit_window_closed": Answer.PERSON,
    # Nobody can be written to until somebody mends the app's place in the workspace.
    "invalid_auth": Answer.APP,
    "token_revoked": Answer.APP,
    "account_inactive": Answer.APP,
    "not_authed": Answer.APP,
    "missing_scope": Answer.APP,
    "token_expired": Answer.APP,
    "restricted_action": Answer.APP,
    "ekm_access_denied": Answer.APP,
    "access_denied": Answer.APP,
    "org_login_required": Answer.APP,
    "team_access_not_granted": Answer.APP,
    "no_permission": Answer.APP,
    "not_allowed_token_type": Answer.APP,
    "enterprise_is_restricted": Answer.APP,
    "accesslimited": Answer.APP,
    # Somebody was quicker with what stands there: look again, and draw it anew.
    "hash_conflict": Answer.RETRY,
    # Slack did nothing, and asks to be tried later.
    "message_limit_exceeded": Answer.RETRY,
    "request_timeout": Answer.RETRY,
    "service_unavailable": Answer.RETRY,
    "team_added_to_org": Answer.RETRY,
    # Slack says that some of it may have been done.
    "internal_error": Answer.AMBIGUOUS,
    "fatal_error": Answer.AMBIGUOUS,
    # What we sent was wrong, and would be again.
    "invalid_blocks": Answer.BUG,
    "invalid_blocks_format": Answer.BUG,
    "msg_too_long": Answer.BUG,
    "msg_blocks_too_long": Answer.BUG,
    "no_text": Answer.BUG,
    "too_many_attachments": Answer.BUG,
    "invalid_arguments": Answer.BUG,
    "invalid_arg_name": Answer.BUG,
    "invalid_metadata_format": Answer.BUG,
    "invalid_metadata_schema": Answer.BUG,
    "metadata_too_large": Answer.BUG,
    "metadata_must_be_sent_from_app": Answer.BUG,
    "invalid_form_data": Answer.BUG,
    "invalid_post_type": Answer.BUG,
    "missing_post_type": Answer.BUG,
    "unknown_method": Answer.BUG,
}
