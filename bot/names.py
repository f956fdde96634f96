"""Every name that Slack sends back to us: the command, buttons, views, blocks, fields and events."""

COMMAND = "/audit"
SHORTCUT = "my_audits"

OPEN_FORM = "open_form"
CANNOT_DO = "cannot_do"
SWAP = "swap"
ACCEPT = "accept"
DECLINE = "decline"
WITHDRAW = "withdraw"
UNDO = "undo"
APPROVE = "approve"
TURN_DOWN = "turn_down"
CAN_TAKE_ONE = "can_take_one"
SWAP_TURNS = "swap_turns"
COVER = "cover"
EXCHANGE = "exchange"
ON_TRACK = "on_track"
MORE_TIME = "more_time"
GIVE_TIME = "give_time"
REFUSE_TIME = "refuse_time"
REMIND_ME = "remind_me"
SENT_IT = "sent_it"
CONFIRM_COMPLETE = "confirm_complete"
HAVE_THIS = "have_this"
SIGN_IN = "sign_in"
LOOK_AT_HELD = "look_at_held"
IS_COMING = "is_coming"
CANNOT_COME = "cannot_come"
CALENDAR_FILE = "calendar_file"
ALLOCATE = "allocate"
GIVE_OUT = "give_out"
ALL_CORRECT = "all_correct"
CHANGE_LIST = "change_list"
SAY_FIRST = "say_first"
NOT_AT_WORK = "not_at_work"
BACK_AT_WORK = "back_at_work"
WORD_AUDITS = "word_audits"
WORD_SWAP = "word_swap"
WORD_AWAY = "word_away"
WORD_ACTIONS = "word_actions"
WORD_STATUS = "word_status"
WORD_REPORT = "word_report"
WORD_ROUND = "word_round"
WORD_CHASE = "word_chase"
WORD_HELP = "word_help"
EVALUATE = "evaluate"
SIGN_OFF = "sign_off"
JOIN_CORE = "join_core"
FOLLOW_LINK = "follow_link"
"""The one link button in a modal: Slack opens it and tells us; there is nothing to do."""

WORDS = (
    *(WORD_AUDITS, WORD_SWAP, WORD_AWAY, WORD_ACTIONS, WORD_STATUS),
    *(WORD_REPORT, WORD_ROUND, WORD_CHASE, WORD_HELP),
)
"""The buttons in App Home that stand for the words of /audit."""

ACTIONS = (
    *(OPEN_FORM, CANNOT_DO, SIGN_IN, ALLOCATE, GIVE_OUT, FOLLOW_LINK),
    *(SWAP, ACCEPT, DECLINE, WITHDRAW, UNDO, APPROVE, TURN_DOWN, CAN_TAKE_ONE, SWAP_TURNS, COVER, EXCHANGE),
    *(ON_TRACK, MORE_TIME, GIVE_TIME, REFUSE_TIME, REMIND_ME, SENT_IT, CONFIRM_COMPLETE, HAVE_THIS, LOOK_AT_HELD),
    *(ALL_CORRECT, CHANGE_LIST, SAY_FIRST, NOT_AT_WORK, BACK_AT_WORK),
    *(IS_COMING, CANNOT_COME, CALENDAR_FILE),
    *(EVALUATE, SIGN_OFF, JOIN_CORE),
    *WORDS,
)

REASON_VIEW = "reason_view"
MORE_TIME_VIEW = "more_time_view"
REMIND_ME_VIEW = "remind_me_view"
ALLOCATE_VIEW = "allocate_view"
SWAP_VIEW = "swap_view"
FOUND_NOBODY_VIEW = "found_nobody_view"
CONFIRM_VIEW = "confirm_view"
SAY_FIRST_VIEW = "say_first_view"
CHANGE_LIST_VIEW = "change_list_view"
AWAY_VIEW = "away_view"
EVALUATE_VIEW = "evaluate_view"
SIGN_OFF_VIEW = "sign_off_view"

VIEWS = (
    *(REASON_VIEW, ALLOCATE_VIEW, SWAP_VIEW, FOUND_NOBODY_VIEW, MORE_TIME_VIEW, CONFIRM_VIEW),
    *(CHANGE_LIST_VIEW, SAY_FIRST_VIEW, AWAY_VIEW, REMIND_ME_VIEW),
    *(EVALUATE_VIEW, SIGN_OFF_VIEW),
)
"""The views that can be sent."""

TOLD_VIEW = "told"
"""A view that only tells: it has nothing to send."""

AUDIT_BLOCK = "audit"
LINK_BLOCK = "link"
PAGES_BLOCK = "pages"
ROUND_BLOCK = "round"
SWAP_BLOCK = "swap_offer"
WAYS_BLOCK = "ways"
HELP_BLOCK = "can_help"
ACTION_BLOCK = "action"
SAFETY_BLOCK = "safety"
HELD_BLOCK = "held"
MODERATION_BLOCK = "moderation"
ROLL_BLOCK = "roll_check"
CHOSEN_BLOCK = "chosen"
AWAY_BLOCK = "away"
COMPETENCY_BLOCK = "competency"
WORDS_BLOCK = "words_of_audit"

REASON_FIELD = "reason"
WORDS_FIELD = "words"
PEER_FIELD = "peer"
OTHER_PEER_FIELD = "other_peer"
EVERYBODY_FIELD = "everybody"
DAY_FIELD = "day"
DONE_FIELD = "done"
DONE_ON_FIELD = "done_on"
CHANGED_FIELD = "changed"
RECORDED_ON_FIELD = "recorded_on"
WHAT_FIELD = "what"
PROUD_OF_FIELD = "proud_of"
IN_THE_WAY_FIELD = "got_in_the_way"
MAY_BE_ASKED_FIELD = "may_be_asked"
WHO_FIELD = "who"
FIRST_DAY_FIELD = "first_day"
LAST_DAY_FIELD = "last_day"
NAME_FIELD = "name"
EMAIL_FIELD = "email"
KIND_FIELD = "kind"
RESTS_ON_FIELD = "audits"
EVIDENCE_FIELD = "evidence"
RECOMMENDS_FIELD = "recommends"
AGREES_FIELD = "agrees"

HOME_OPENED = "app_home_opened"
MESSAGE = "message"
MENTIONED = "app_mention"

EVENTS = (HOME_OPENED, MESSAGE, MENTIONED)
