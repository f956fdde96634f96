"""Who may press, send and say what: a row for every listener. Everybody who is not in a row reads its sentence.

A row's name is how it comes in and the name it has in `bot.names`, or its word after `/audit`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot import names
from programme.competency import FOR_LEADERSHIP
from programme.competency import NOT_ASKED as NOT_ASKED_TO_EVALUATE
from programme.roll_check import Change
from programme.standing import FOR_QUALITY
from programme.words import Role
from tests.bot import happened
from tests.bot.conftest import reason
from tests.bot.stage import ANYBODY, EVERYBODY, Stage
from tests.bot.swapping import REF, chosen
from tests.bot.test_actions import filled, said
from tests.bot.test_away import says
from tests.bot.test_competency import evaluates, signs_off
from tests.bot.test_outcomes import answers
from tests.bot.test_reminders import day
from tests.bot.test_roll_check import says as says_of_the_list
from tests.bot.test_safety import seen_at
from tests.cast import MONTH

ELSEWHERE = "This child's record is with somebody else. Type /audit to see what is yours."
NOT_THEIRS = "The administrator and the Head of Quality run the month. Type /audit to see what is yours."
NOT_ASKED = "Somebody else was asked this. Type /audit to see what is yours."
NOT_ISSUED = "The report for October 2017 is not issued yet. Type /audit to see what is yours."
ITS_OWNERS = "This action is with somebody else. Only its owner or their deputy can confirm it."
WHO_WORK_WITH_THE_CHILD = "This is for the child's social worker and Team Manager."
WHO_ANSWERS = "The Head of Service says whether this list is right."
NOT_THEIR_ABSENCE = "That was taken back already."

RUN_IT = frozenset({str(Role.ADMINISTRATOR), str(Role.HEAD_OF_QUALITY)})
HOLDER = frozenset({"the holder"})
WITH_THE_CHILD = frozenset({"the owner", "the social worker"})
AUDITORS = frozenset(
    {
        *map(str, (Role.AUDITOR, Role.TEAM_MANAGER, Role.DEPUTY_TEAM_MANAGER, Role.HEAD_OF_SERVICE)),
        *("the holder", "another holder", "who was asked", "who was not asked", "the holder's Head"),
        *("the owner", "the owner's deputy", "the child's Head"),
    }
)
"""Who could take an audit: all but who is paused."""
SEE_THE_MONTH = RUN_IT | {
    *map(str, (Role.PRACTICE_LEARNING, Role.LEADERSHIP, Role.DIRECTOR, Role.HEAD_OF_SERVICE)),
    *("the holder's Head", "the child's Head"),
}
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """Who may; what the others read; whether the record changes; what it is about, and what a modal is filled in with.

    `reads_of_the_child`: to whom the reference of the child's record is shown. `first`: what happened before.
    """

    may: frozenset[str]
    others_read: str = ""
    changes: bool = False
    about: str | Callable[[Stage], str] = REF
    filled: Callable[[Stage], Mapping[str, Any]] = field(default=lambda _stage: {})
    first: Callable[[Stage], None] = happened.nothing
    reads_of_the_child: frozenset[str] = NOBODY
    says_nothing: bool = False

    def said_of(self, stage: Stage) -> str:
        """The reference that a button carries, or a modal was opened with."""
        return self.about if isinstance(self.about, str) else self.about(stage)


def changing(row: Row, **also: Any) -> Row:  # noqa: ANN401 - a row's own fields
    return replace(row, changes=True, **also)


ITS_HOLDER = Row(HOLDER, ELSEWHERE)
RUNS_THE_MONTH = Row(RUN_IT, NOT_THEIRS, about=MONTH)
WHO_COULD = Row(HOLDER | RUN_IT, ELSEWHERE)
WHO_WAS_ASKED = Row(
    frozenset({"who was asked"}), NOT_ASKED, changes=True, about=happened.the_swap, first=happened.asked
)
APPROVES = Row(
    RUN_IT, "The administrator approves swaps.", changes=True, about=happened.the_swap, first=happened.to_approve
)
THE_LIST = Row(RUN_IT | {"the holder's Head"}, WHO_ANSWERS, about=happened.the_list, first=happened.list_asked)
SPEAKS_FIRST = Row(
    WITH_THE_CHILD, WHO_WORK_WITH_THE_CHILD, about=happened.the_record, reads_of_the_child=WITH_THE_CHILD
)
OWNS_IT = Row(frozenset({"the owner", "the owner's deputy"}), ITS_OWNERS, about="ACT-2017-10-01-1")
ITS_STEP = replace(OWNS_IT, reads_of_the_child=OWNS_IT.may)
ABOUT_IT = frozenset({"the child's Head", str(Role.HEAD_OF_QUALITY)})
DECIDES_ON_IT = Row(
    ABOUT_IT,
    "The owner's Head of Service decides on this; where the owner is one, the Head of Quality.",
    about="ACT-2017-10-01-1",
)
SAYS_SAFE = Row(
    OWNS_IT.may,
    "Who has this in hand, or owns its action, says that the child was seen or made safe.",
    about=happened.SAFETY,
    first=happened.in_hand,
    reads_of_the_child=OWNS_IT.may,
)
SAYS_HOW = Row(HOLDER, "This is for who did the audit or moderated it.", first=happened.came_back)
OVERSEES = ABOUT_IT | {"the holder's Head", str(Role.HEAD_OF_SERVICE)}
AGREES_SAFE = Row(
    OVERSEES,
    "A Head of Service who does not own this agrees that the child is safe.",
    about=happened.SAFETY,
    first=happened.said_safe,
    reads_of_the_child=OVERSEES,
)
IS_NAMED = Row(
    frozenset({"who was asked"}), NOT_ASKED, changes=True, about="ACT-2017-10-01-1", first=happened.action_passed_on
)
SETTLES_IT = Row(
    frozenset({str(Role.HEAD_OF_QUALITY)}),
    "Those who moderated this audit, or the Head of Quality, can do this.",
    about="ACT-2017-10-01-1",
    first=happened.action_doubted,
)
CHECKS_IT = Row(
    frozenset({str(Role.HEAD_OF_SERVICE)}),
    "Somebody else is asked to check this. Type /audit actions to see what is yours.",
    about="ACT-2017-10-01-1",
    first=happened.to_check,
)
SAYS_WHY = Row(HOLDER | RUN_IT | {"the holder's Head"}, ELSEWHERE)
DECIDES_ON_TIME = Row(
    RUN_IT | {"the holder's Head"},
    "The auditor's Head of Service decides on more time.",
    changes=True,
    first=happened.more_time_asked,
)
SENDS = Row(
    RUN_IT,
    "Those who run the month send outcomes. Type /audit to see what is yours.",
    about=MONTH,
    first=happened.outcome_waits,
)
ANSWERS = Row(
    WITH_THE_CHILD, "The child's social worker and Team Manager can answer this.", first=happened.outcome_sent
)
MY_AUDITS = Row(EVERYBODY, reads_of_the_child=HOLDER)

IS_ASKED_TO_THE_DAY = Row(
    frozenset({"another holder"}),
    "You are not asked to this moderation day. Type /audit to see what is yours.",
    changes=True,
    about=MONTH,
    first=happened.day_opened,
)
MODERATES = Row(
    frozenset({"another holder", str(Role.PRACTICE_LEARNING), str(Role.HEAD_OF_QUALITY)}),
    "The Head of Quality decides where a pair does not agree.",
    changes=True,
    first=happened.pair_disagrees,
)
EVALUATES = Row(
    frozenset({"the holder's Head", "the child's Head"}),
    NOT_ASKED_TO_EVALUATE,
    about=happened.the_candidacy,
    first=happened.to_evaluate,
)
SIGNS_OFF = Row(
    frozenset({str(Role.LEADERSHIP), str(Role.DIRECTOR)}),
    FOR_LEADERSHIP,
    about=happened.the_candidacy,
    first=happened.to_sign_off,
)

NOTHING_TO_SWAP = "You have no audit this month, so there is nothing to swap."

WORDS: Mapping[str, Row] = {
    "": MY_AUDITS,
    "return": MY_AUDITS,
    "status": MY_AUDITS,
    "help": Row(EVERYBODY),
    "swap": Row(AUDITORS | RUN_IT, NOTHING_TO_SWAP, reads_of_the_child=HOLDER),
    "away": Row(EVERYBODY),
    "actions": Row(EVERYBODY, reads_of_the_child=OWNS_IT.may),
    "report": Row(SEE_THE_MONTH, NOT_ISSUED),
    "round": RUNS_THE_MONTH,
    "chase": RUNS_THE_MONTH,
    "anything else": Row(EVERYBODY),
}

BUTTONS_OF_WORDS = {
    names.WORD_AUDITS: "return",
    names.WORD_SWAP: "swap",
    names.WORD_AWAY: "away",
    names.WORD_ACTIONS: "actions",
    names.WORD_STATUS: "status",
    names.WORD_REPORT: "report",
    names.WORD_ROUND: "round",
    names.WORD_CHASE: "chase",
    names.WORD_HELP: "help",
}
"""A button in App Home does what its word does."""

PRESSES: Mapping[str, Row] = {
    **{name: replace(WORDS[word], about=word) for name, word in BUTTONS_OF_WORDS.items()},
    names.OPEN_FORM: changing(ITS_HOLDER),
    names.CANNOT_DO: SAYS_WHY,
    names.ON_TRACK: changing(ITS_HOLDER),
    names.MORE_TIME: ITS_HOLDER,
    names.GIVE_TIME: DECIDES_ON_TIME,
    names.REFUSE_TIME: DECIDES_ON_TIME,
    names.REMIND_ME: ITS_HOLDER,
    names.SENT_IT: ITS_HOLDER,
    names.SIGN_IN: Row(EVERYBODY, changes=True, about="/"),
    names.FOLLOW_LINK: Row(ANYBODY, about="", says_nothing=True),
    names.ALLOCATE: RUNS_THE_MONTH,
    names.GIVE_OUT: changing(RUNS_THE_MONTH, first=happened.allocated),
    names.SWAP: WHO_COULD,
    names.SWAP_TURNS: WHO_COULD,
    names.COVER: WHO_COULD,
    names.EXCHANGE: WHO_COULD,
    names.ACCEPT: WHO_WAS_ASKED,
    names.DECLINE: WHO_WAS_ASKED,
    names.WITHDRAW: replace(WHO_WAS_ASKED, may=HOLDER | RUN_IT, others_read="Only who asked can take a swap back."),
    names.UNDO: Row(
        RUN_IT | {"who was asked"},
        "Who took the audit over can undo this, or the administrator.",
        changes=True,
        about=happened.the_swap,
        first=happened.taken,
    ),
    names.APPROVE: APPROVES,
    names.TURN_DOWN: APPROVES,
    names.CAN_TAKE_ONE: Row(AUDITORS, "Only auditors take audits.", changes=True, about="this month"),
    names.CONFIRM_COMPLETE: replace(OWNS_IT, reads_of_the_child=OWNS_IT.may),
    names.ACKNOWLEDGE: changing(OWNS_IT),
    names.MORE_STEPS: ITS_STEP,
    names.IN_SUPERVISION: ITS_STEP,
    names.NEED_TIME: ITS_STEP,
    names.BELONGS_ELSEWHERE: ITS_STEP,
    names.LOOK_AGAIN: ITS_STEP,
    names.GIVE_ACTION_TIME: changing(DECIDES_ON_IT, first=happened.action_time_asked),
    names.KEEP_DATE: changing(DECIDES_ON_IT, first=happened.action_time_asked),
    names.TAKE_ACTION: IS_NAMED,
    names.DECLINE_ACTION: IS_NAMED,
    names.PLACE_ACTION: replace(DECIDES_ON_IT, reads_of_the_child=ABOUT_IT, first=happened.action_passed_on),
    names.ANSWER_LATE: replace(DECIDES_ON_IT, reads_of_the_child=ABOUT_IT),
    names.ANSWER_LOOK: replace(SETTLES_IT, reads_of_the_child=SETTLES_IT.may),
    names.CHECK: replace(CHECKS_IT, reads_of_the_child=CHECKS_IT.may),
    names.HAVE_THIS: Row(
        OWNS_IT.may | {"the child's Head", str(Role.HEAD_OF_QUALITY)},
        "Others were told of this. Type /audit to see what is yours.",
        changes=True,
        about=happened.SAFETY,
        first=happened.unsafe,
    ),
    names.SAY_HOW: SAYS_HOW,
    names.MADE_SAFE: SAYS_SAFE,
    names.AGREE_SAFE: AGREES_SAFE,
    names.ACKNOWLEDGE_OUTCOME: Row(
        WITH_THE_CHILD | HOLDER,
        "This outcome was not sent to you.",
        changes=True,
        first=happened.outcome_sent,
    ),
    names.ANSWER_OUTCOME: ANSWERS,
    names.ALL_AS_SHOWN: SENDS,
    names.LOOK_AT_HELD: Row(
        HOLDER | RUN_IT,
        "This is with somebody else. Type /audit to see what is yours.",
        changes=True,
        about=happened.the_held,
        first=happened.held,
    ),
    names.SAY_FIRST: SPEAKS_FIRST,
    names.ALL_CORRECT: changing(THE_LIST),
    names.CHANGE_LIST: THE_LIST,
    names.NOT_AT_WORK: Row(EVERYBODY, about="me"),
    names.OPEN_MODERATION: MODERATES,
    names.IS_COMING: IS_ASKED_TO_THE_DAY,
    names.CANNOT_COME: IS_ASKED_TO_THE_DAY,
    names.CALENDAR_FILE: IS_ASKED_TO_THE_DAY,
    names.OPEN_DAY: RUNS_THE_MONTH,
    names.BACK_AT_WORK: Row(
        HOLDER, NOT_THEIR_ABSENCE, changes=True, about=happened.the_absence, first=happened.noted_away
    ),
    names.EVALUATE: EVALUATES,
    names.SIGN_OFF: SIGNS_OFF,
    names.JOIN_CORE: Row(
        frozenset({str(Role.HEAD_OF_QUALITY)}),
        FOR_QUALITY,
        changes=True,
        about=happened.the_candidacy,
        first=happened.signed_off,
    ),
}

MODALS: Mapping[str, Row] = {
    names.REASON_VIEW: changing(SAYS_WHY, filled=lambda _stage: reason("capacity")),
    names.MORE_TIME_VIEW: changing(
        ITS_HOLDER,
        filled=lambda _stage: day("2017-10-17"),
    ),
    names.REMIND_ME_VIEW: changing(ITS_HOLDER, filled=lambda _stage: day("2017-10-09")),
    names.ALLOCATE_VIEW: changing(RUNS_THE_MONTH, about=happened.the_preview, first=happened.two_more_to_allocate),
    names.SWAP_VIEW: changing(
        WHO_COULD, about=f"{REF} two_way", filled=lambda stage: chosen(stage.people["who was asked"])
    ),
    names.FOUND_NOBODY_VIEW: changing(ITS_HOLDER),
    names.CONFIRM_VIEW: changing(OWNS_IT, filled=lambda _stage: said()),
    names.SUPERVISION_VIEW: changing(OWNS_IT, filled=lambda _stage: filled(day="2017-10-02")),
    names.NEED_TIME_VIEW: changing(
        OWNS_IT, filled=lambda _stage: filled(until="2017-10-16", why="The school is closed.")
    ),
    names.BELONGS_VIEW: changing(
        OWNS_IT, filled=lambda stage: filled(named=happened.number_of(stage, "who was asked"), why="Their team has it.")
    ),
    names.LOOK_AGAIN_VIEW: changing(OWNS_IT, filled=lambda _stage: filled(words="This was done in August.")),
    names.PLACE_VIEW: changing(
        DECIDES_ON_IT,
        first=happened.action_passed_on,
        filled=lambda stage: filled(named=happened.number_of(stage, "who was asked")),
    ),
    names.LATE_VIEW: changing(DECIDES_ON_IT, filled=lambda _stage: filled(how="spoken")),
    names.ANSWER_VIEW: changing(SETTLES_IT, filled=lambda _stage: filled(how="stands", why="It is still needed.")),
    names.CHECK_VIEW: changing(
        CHECKS_IT, filled=lambda _stage: {names.ANSWER_FIELD: {names.ANSWER_FIELD: {"value": "shown"}}}
    ),
    names.LEARNT_VIEW: changing(SAYS_HOW, filled=lambda _stage: filled(worth="yes", words="Ask the school first.")),
    names.MADE_SAFE_VIEW: changing(
        replace(SAYS_SAFE, reads_of_the_child=NOBODY), filled=lambda _stage: seen_at("2017-10-02", "09:05")
    ),
    names.AGREE_SAFE_VIEW: changing(replace(AGREES_SAFE, reads_of_the_child=NOBODY)),
    names.SAY_FIRST_VIEW: changing(
        replace(SPEAKS_FIRST, reads_of_the_child=NOBODY),
        filled=lambda _stage: {names.PROUD_OF_FIELD: {names.PROUD_OF_FIELD: {"value": "The weekly visits."}}},
    ),
    names.CHANGE_LIST_VIEW: changing(
        THE_LIST, filled=lambda _stage: says_of_the_list(Change.JOINED, name="Ines Halloran", email="ines@example.org")
    ),
    names.ANSWER_OUTCOME_VIEW: changing(ANSWERS, filled=lambda _stage: answers("The visits are on the record now.")),
    names.OUTCOMES_VIEW: changing(SENDS, about=happened.the_outcomes),
    names.OPEN_DAY_VIEW: changing(
        RUNS_THE_MONTH,
        about=happened.the_pairs,
        first=happened.day_to_open,
        filled=lambda _stage: happened.hours("10:00", "16:00", "Room 2"),
    ),
    names.AWAY_VIEW: Row(EVERYBODY, changes=True, about="me", filled=lambda _stage: says("2017-10-04", "2017-10-06")),
    names.EVALUATE_VIEW: changing(EVALUATES, filled=lambda _stage: evaluates()),
    names.SIGN_OFF_VIEW: changing(SIGNS_OFF, filled=lambda _stage: signs_off()),
}

EVENTS: Mapping[str, Row] = {
    names.HOME_OPENED: Row(ANYBODY, says_nothing=True),
    names.MESSAGE: Row(EVERYBODY),
    names.MENTIONED: Row(EVERYBODY),
}
"""What App Home shows to whom is asked apart: it is published, not answered."""

SHORTCUTS: Mapping[str, Row] = {names.SHORTCUT: MY_AUDITS}
