"""The Slack door as a whole: Bolt, our listeners on it, and what the other rooms are handed of it."""

import logging
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import (
    accounts,
    action_answers,
    action_steps,
    actions,
    admin,
    allocations,
    answering_late,
    away,
    beforehand,
    checks,
    competency,
    home,
    learning,
    messages,
    moderation,
    more_time,
    names,
    outcomes,
    reminders,
    roll_check,
    safety,
    slash,
    submissions,
    swaps,
    web,
    written,
)
from bot.afterwards import Afterwards
from bot.calls import FAULTS, code_of
from bot.listening import Listener, to_command, to_event, to_modal, to_press
from bot.messages.together import together
from bot.pace import pace_at
from bot.sender import Sender
from bot.views.parts import Block
from programme.accounts import Account
from programme.homes import Home
from programme.notices import Dropped, Letter, Notice, Reply
from storage import hearing
from storage.office import Office
from storage.session import Session

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5
WHILE_SOMEBODY_WAITS = 2
"""Seconds a modal's call may take: its trigger lives for three."""

PRESSES: Mapping[str, Listener] = {
    names.OPEN_FORM: allocations.on_open_form,
    names.CANNOT_DO: allocations.on_cannot_do,
    names.ON_TRACK: reminders.on_track,
    names.MORE_TIME: more_time.on_more_time,
    names.GIVE_TIME: more_time.on_give,
    names.REFUSE_TIME: more_time.on_refuse,
    names.REMIND_ME: reminders.on_remind_me,
    names.SENT_IT: reminders.on_sent_it,
    names.SIGN_IN: allocations.on_sign_in,
    names.OPEN_MODERATION: moderation.on_open,
    names.FOLLOW_LINK: allocations.on_link_followed,
    names.ALLOCATE: admin.on_allocate,
    names.GIVE_OUT: admin.on_give_out,
    names.SWAP: swaps.on_swap,
    names.ACCEPT: swaps.on_accept,
    names.DECLINE: swaps.on_decline,
    names.WITHDRAW: swaps.on_withdraw,
    names.UNDO: swaps.on_undo,
    names.APPROVE: swaps.on_approve,
    names.TURN_DOWN: swaps.on_turn_down,
    names.CAN_TAKE_ONE: swaps.on_can_take_one,
    names.SWAP_TURNS: swaps.on_swap,
    names.COVER: swaps.on_cover,
    names.EXCHANGE: swaps.on_exchange,
    names.CONFIRM_COMPLETE: actions.on_confirm,
    names.ACKNOWLEDGE: actions.on_acknowledge,
    names.MORE_STEPS: action_steps.on_more,
    names.IN_SUPERVISION: action_steps.on_in_supervision,
    names.NEED_TIME: action_steps.on_need_time,
    names.BELONGS_ELSEWHERE: action_steps.on_belongs_elsewhere,
    names.LOOK_AGAIN: action_steps.on_look_again,
    names.GIVE_ACTION_TIME: action_answers.on_give,
    names.KEEP_DATE: action_answers.on_keep_date,
    names.TAKE_ACTION: action_answers.on_take,
    names.DECLINE_ACTION: action_answers.on_decline,
    names.PLACE_ACTION: action_answers.on_place,
    names.ANSWER_LOOK: action_answers.on_answer,
    names.ANSWER_LATE: answering_late.on_late,
    names.CHECK: checks.on_check,
    names.HAVE_THIS: safety.on_have_this,
    names.SAY_HOW: learning.on_say_how,
    names.MADE_SAFE: safety.on_made_safe,
    names.AGREE_SAFE: safety.on_agree,
    names.ACKNOWLEDGE_OUTCOME: outcomes.on_acknowledge,
    names.ANSWER_OUTCOME: outcomes.on_answer,
    names.ALL_AS_SHOWN: outcomes.on_all_as_shown,
    names.LOOK_AT_HELD: submissions.on_look,
    names.SAY_FIRST: beforehand.on_say_first,
    names.ALL_CORRECT: roll_check.on_all_correct,
    names.CHANGE_LIST: roll_check.on_change_list,
    names.NOT_AT_WORK: away.on_not_at_work,
    names.BACK_AT_WORK: away.on_back,
    names.IS_COMING: moderation.on_coming,
    names.CANNOT_COME: moderation.on_cannot_come,
    names.CALENDAR_FILE: moderation.on_calendar_file,
    names.EVALUATE: competency.on_evaluate,
    names.SIGN_OFF: competency.on_sign_off,
    names.JOIN_CORE: competency.on_join_core,
    names.OPEN_DAY: moderation.on_open_day,
    **dict.fromkeys(names.WORDS, slash.on_word),
}
SENT_MODALS: Mapping[str, Listener] = {
    names.REASON_VIEW: allocations.on_reason_sent,
    names.MORE_TIME_VIEW: more_time.on_more_time_sent,
    names.REMIND_ME_VIEW: reminders.on_remind_me_sent,
    names.ALLOCATE_VIEW: admin.on_allocate_sent,
    names.SWAP_VIEW: swaps.on_swap_sent,
    names.FOUND_NOBODY_VIEW: swaps.on_found_nobody_sent,
    names.CONFIRM_VIEW: actions.on_confirm_sent,
    names.SUPERVISION_VIEW: action_steps.on_supervision_sent,
    names.NEED_TIME_VIEW: action_steps.on_need_time_sent,
    names.BELONGS_VIEW: action_steps.on_belongs_sent,
    names.LOOK_AGAIN_VIEW: action_steps.on_look_again_sent,
    names.PLACE_VIEW: action_answers.on_place_sent,
    names.ANSWER_VIEW: action_answers.on_answer_sent,
    names.LATE_VIEW: answering_late.on_late_sent,
    names.CHECK_VIEW: checks.on_check_sent,
    names.LEARNT_VIEW: learning.on_learnt_sent,
    names.MADE_SAFE_VIEW: safety.on_made_safe_sent,
    names.AGREE_SAFE_VIEW: safety.on_agree_sent,
    names.SAY_FIRST_VIEW: beforehand.on_say_first_sent,
    names.CHANGE_LIST_VIEW: roll_check.on_change_list_sent,
    names.AWAY_VIEW: away.on_not_at_work_sent,
    names.EVALUATE_VIEW: competency.on_evaluate_sent,
    names.SIGN_OFF_VIEW: competency.on_sign_off_sent,
    names.ANSWER_OUTCOME_VIEW: outcomes.on_answer_sent,
    names.OUTCOMES_VIEW: outcomes.on_all_as_shown_sent,
    names.OPEN_DAY_VIEW: moderation.on_open_day_sent,
}
EVENTS: Mapping[str, Listener] = {
    names.HOME_OPENED: home.on_home_opened,
    names.MESSAGE: written.on_message,
    names.MENTIONED: written.on_mention,
}


@dataclass(frozen=True)
class SlackAccount:
    """What lets us speak as the bot. The ids may be empty; then Bolt does without them."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    team_id: str = ""
    api_url: str = "https://slack.com/api/"
    bot_id: str = ""
    bot_user_id: str = ""


class Bot:
    """Built without a word to Slack, so that pages and forms work while Slack does not."""

    def __init__(self, office: Office, account: SlackAccount) -> None:
        self._office = office
        self._account = account
        self.certificates = ssl.create_default_context() if account.api_url.startswith("https") else None
        self._client = self._calling(TIMEOUT_SECONDS)
        self._sender = Sender(self._client, pace_at(account.api_url))
        self.afterwards = Afterwards()
        self._bolt = self._listening_bolt()

    def routes(self) -> Blueprint:
        known = self._account
        return web.routes(self._bolt, secret=known.signing_secret, team_id=known.team_id, is_new=self._is_new)

    def _is_new(self, mark: str) -> bool:
        """While the record cannot be opened everything is new: the listener meets the same fault, and says so."""
        try:
            return hearing.is_new(self._office.record, mark, at=self._office.real_now())
        except Exception:
            log.exception("what was heard cannot be looked up")
            return True

    def render(self, session: Session, notice: Notice) -> Letter | Dropped:
        return messages.render(session, self._office, notice)

    def together(self, letters: Sequence[Letter]) -> Letter:
        return together(letters)

    def send(self, notice: Notice, letter: Letter) -> Reply:
        return self._sender.send(notice, letter)

    def redraw(self, notice: Notice, letter: Letter) -> Reply:
        return self._sender.redraw(notice, letter)

    def probe(self) -> Reply:
        """Whether Slack knows us."""
        return self._sender.probe()

    def draw_home(self, session: Session, account: str) -> Block:
        return home.drawn_for(session, self._office, account)

    def publish_home(self, shown: Home, view: Block) -> Reply:
        return self._sender.publish_home(shown, view)

    def find_account(self, email: str) -> Account:
        """The Slack account with this address; ConnectionError while Slack cannot be asked."""
        return accounts.asked(lambda: self._client.users_lookupByEmail(email=email), self._account.team_id)

    def look_up(self, account: str) -> Account:
        """What Slack says of one account, by its id."""
        return accounts.asked(lambda: self._client.users_info(user=account), self._account.team_id)

    def account_state(self) -> str:
        """Empty when Slack knows us; otherwise what is wrong and what to do."""
        try:
            known = self._client.auth_test()
        except SlackApiError as error:
            return f"Slack refuses the token ({code_of(error)}). Install the app again and copy its token."
        except FAULTS:
            return "Slack cannot be reached from here. Messages wait until it can."
        if self._account.team_id and known["team_id"] != self._account.team_id:
            return f"the token belongs to another workspace ({known['team_id']}). Look at SLACK_TEAM_ID."
        return ""

    def run_socket(self) -> None:
        """Listen by Socket Mode until stopped: for trying out."""
        SocketModeHandler(self._bolt, self._account.app_token, web_client=self._client).start()  # type: ignore[no-untyped-call] # Bolt's own

    def _calling(self, seconds: int) -> WebClient:
        """Nothing is repeated behind our back, and one certificate store serves every call."""
        return WebClient(
            token=self._account.bot_token,
            base_url=self._account.api_url,
            timeout=seconds,
            ssl=self.certificates,
            retry_handlers=[],
            logger=_quiet("slack_sdk"),
        )

    def _listening_bolt(self) -> App:
        bolt = App(
            authorize=_always(self._account),
            client=self._calling(WHILE_SOMEBODY_WAITS),
            signing_secret=self._account.signing_secret or "none",
            process_before_response=True,
            ssl_check_enabled=False,
            token_verification_enabled=False,
            logger=_quiet("slack_bolt.app"),
        )
        bolt.command(names.COMMAND)(to_command(self._office, slash.on_audit))
        bolt.shortcut(names.SHORTCUT)(to_press(self._office, slash.on_shortcut, self.afterwards))
        for name, listener in PRESSES.items():
            bolt.action(name)(to_press(self._office, listener, self.afterwards))
        for name, listener in SENT_MODALS.items():
            bolt.view(name)(to_modal(self._office, listener))
        for name, listener in EVENTS.items():
            bolt.event(name)(to_event(self._office, listener, self.afterwards))
        return bolt


def _always(account: SlackAccount) -> Callable[[], AuthorizeResult]:
    """Who the bot is, fixed at start, so that Bolt asks Slack nothing before it answers."""
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=account.team_id or None,
        bot_token=account.bot_token,
        bot_id=account.bot_id or None,
        bot_user_id=account.bot_user_id or None,
    )
    return lambda: known


def _quiet(name: str) -> logging.Logger:
    """Slack's libraries log whole requests and answers when unsure of them. We log what matters ourselves, by code."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.CRITICAL)
    return logger
