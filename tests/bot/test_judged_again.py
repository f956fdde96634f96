"""A modal can stay open for hours: whoever has lost the right to send it meanwhile is refused, and nothing changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from werkzeug.test import TestResponse

from bot import names
from bot.app import SENT_MODALS
from bot.outcomes import NOT_YOURS_TO_SEND
from programme import passing_on
from programme.actions import Confirmation
from programme.calendar import at_london, following
from programme.made_safe import Seen
from programme.words import AllocationState, Role
from storage import acting, checking, clock, find, learning, made_safe
from storage.outcomes import CHANGED_MEANWHILE
from storage.session import Session
from tests import competing
from tests.bot import happened
from tests.bot.stage import Stage, as_it_was, stage
from tests.bot.swapping import REF
from tests.bot.test_buttons import NOT_IN_POST
from tests.bot.test_messages import returned
from tests.bot.test_more_time import OR_ELSE
from tests.bot.who_may import ELSEWHERE, ITS_OWNERS, MODALS, NOT_THEIRS, PRESSES, WHO_ANSWERS, WHO_WORK_WITH_THE_CHILD
from tests.cast import MONTH, NOW, here

__all__ = ["as_it_was", "stage"]

IN_ALREADY = "This audit is in already. Thank you; there is nothing more to do."
SIGNED_OFF = "Dora Quillfeather signed off on Monday 2 October 2017."
ASK = "Is something still not right? Please ask the administrator."
NOT_OPEN = "This audit is not open any more. Type /audit to see what is yours."
ACTION = "ACT-2017-10-01-1"
CONFIRMATION = Confirmation("Visited at school.", NOW.date(), "She sleeps at home again.", NOW.date(), "Case notes")

Taken = Callable[[Stage], None]


def on(day: date) -> Taken:
    def goes_on(stage: Stage) -> None:
        with stage.office.record.writing() as session:
            clock.set_to(session, at_london(day, time(9)))

    return goes_on


def changed(change: Callable[[Session, Stage], None]) -> Taken:
    def happens(stage: Stage) -> None:
        with stage.office.record.writing() as session:
            change(session, stage)

    return happens


def moves_on(who: str) -> Taken:
    def leave(session: Session, stage: Stage) -> None:
        here(session, stage.people[who]).ends = NOW.date() - timedelta(days=1)

    return changed(leave)


def loses_their_role(who: str) -> Taken:
    def lose(session: Session, stage: Stage) -> None:
        here(session, stage.people[who]).roles_held = []

    return changed(lose)


@changed
def handed_over(session: Session, stage: Stage) -> None:
    find.allocations.by_ref(session, REF).hand_over_to(here(session, stage.people["who was asked"]))


@changed
def withdrawn(session: Session, _stage: Stage) -> None:
    audit = find.allocations.by_ref(session, REF)
    audit.state, audit.reason = AllocationState.WITHDRAWN, "part_in_case"


@changed
def asked_for_more_time(session: Session, _stage: Stage) -> None:
    audit = find.allocations.by_ref(session, REF)
    audit.asked_until, audit.asked_at = date(2017, 10, 19), NOW


@changed
def confirmed(session: Session, stage: Stage) -> None:
    acting.confirm(session, stage.office, ACTION, CONFIRMATION, by=here(session, stage.people["the owner's deputy"]))


@changed
def given_another_owner(session: Session, stage: Stage) -> None:
    find.actions.by_ref(session, ACTION).owner = here(session, stage.people["the child's Head"])


@changed
def given_another_worker(session: Session, stage: Stage) -> None:
    find.cases.in_frame(session, MONTH, "MDW-0417").case.social_worker = here(session, stage.people["an outsider"])


@changed
def nobody_has_a_turn_next(session: Session, _stage: Stage) -> None:
    for turn in find.turns.of_months(session, [following(MONTH)]):
        session.delete(turn)


@changed
def checked(session: Session, stage: Stage) -> None:
    checking.shown(session, stage.office, ACTION, here(session, stage.people[str(Role.HEAD_OF_SERVICE)]))


@changed
def their_deputy_says_so(session: Session, stage: Stage) -> None:
    seen = Seen("The worker saw the child at home.", NOW)
    made_safe.say(session, stage.office, happened.SAFETY, seen, here(session, stage.people["the owner's deputy"]))


@changed
def has_said_how_it_was(session: Session, stage: Stage) -> None:
    learning.say(session, stage.office, REF, "yes", "", here(session, stage.people["the holder"]))


@changed
def agreed_elsewhere(session: Session, stage: Stage) -> None:
    made_safe.agree(session, stage.office, happened.SAFETY, here(session, stage.cast.head_of_quality))


def evaluated(stage: Stage) -> None:
    competing.evaluates(stage.office, happened.the_candidacy(stage), stage.people["the holder's Head"])


@changed
def ines_has_left(session: Session, _stage: Stage) -> None:
    ines = find.people.by_email(session, "ines@example.org")
    assert ines is not None
    ines.ends = NOW.date() - timedelta(days=1)


def comes_back(stage: Stage) -> None:
    returned(stage.office, stage.cast)


@dataclass(frozen=True)
class Modal:
    """Who opens it and how; and what may happen until it is sent, each with what they read then."""

    who: str
    action: str
    meanwhile: Mapping[str, tuple[Taken, str]]
    view: str = ""
    first: Taken = happened.nothing


ITS_HOLDERS = {
    "it has another holder": (handed_over, ELSEWHERE),
    "it is back": (comes_back, IN_ALREADY),
    "it is withdrawn": (withdrawn, NOT_OPEN),
}
ITS_OWNERS_MODAL = {
    "it has another owner": (given_another_owner, ITS_OWNERS),
    "it is confirmed": (confirmed, "Confirmed on Monday 2 October by Dee Larkspur. Thank you."),
}
OPENED = {
    names.REASON_VIEW: Modal("the holder", names.CANNOT_DO, ITS_HOLDERS),
    names.MORE_TIME_VIEW: Modal(
        "the holder",
        names.MORE_TIME,
        ITS_HOLDERS
        | {
            "they have asked for more": (
                asked_for_more_time,
                f"You have asked already: without {OR_ELSE}",
            ),
            "no day is left": (
                on(date(2017, 10, 25)),
                "There are no days left this month. If you cannot do it, say so with I can't do this one.",
            ),
        },
    ),
    names.REMIND_ME_VIEW: Modal(
        "the holder",
        names.REMIND_ME,
        ITS_HOLDERS | {"no day is left": (on(date(2017, 10, 25)), "There are no days left before this month closes.")},
    ),
    names.ALLOCATE_VIEW: Modal(
        str(Role.ADMINISTRATOR),
        names.ALLOCATE,
        {
            "they lose their role": (loses_their_role(Role.ADMINISTRATOR), NOT_THEIRS),
            "it would come out otherwise": (
                ines_has_left,
                "There is nothing to allocate for October 2017: nothing more of the sample can be placed.",
            ),
        },
        first=happened.two_more_to_allocate,
    ),
    names.SWAP_VIEW: Modal(
        "the holder",
        names.SWAP,
        ITS_HOLDERS
        | {
            "they have asked": (
                happened.asked,
                "You have asked somebody already. Take that back first, or wait for the answer.",
            ),
            "it is due": (
                on(date(2017, 10, 13)),
                "It is too late to swap this audit: it is due. Ask for more time, or say that you cannot do it.",
            ),
        },
    ),
    "made by the administrator": Modal(
        str(Role.ADMINISTRATOR),
        names.SWAP,
        {"they lose their role": (loses_their_role(Role.ADMINISTRATOR), ELSEWHERE)},
        view=names.SWAP_VIEW,
    ),
    names.FOUND_NOBODY_VIEW: Modal("the holder", names.SWAP, ITS_HOLDERS, first=nobody_has_a_turn_next),
    names.CONFIRM_VIEW: Modal(
        "the owner",
        names.CONFIRM_COMPLETE,
        ITS_OWNERS_MODAL,
    ),
    names.SUPERVISION_VIEW: Modal("the owner", names.IN_SUPERVISION, ITS_OWNERS_MODAL),
    names.NEED_TIME_VIEW: Modal("the owner", names.NEED_TIME, ITS_OWNERS_MODAL),
    names.BELONGS_VIEW: Modal("the owner", names.BELONGS_ELSEWHERE, ITS_OWNERS_MODAL),
    names.LOOK_AGAIN_VIEW: Modal("the owner", names.LOOK_AGAIN, ITS_OWNERS_MODAL),
    names.PLACE_VIEW: Modal(
        "the child's Head",
        names.PLACE_ACTION,
        {
            "they lose their role": (loses_their_role("the child's Head"), PRESSES[names.PLACE_ACTION].others_read),
            "it is done": (confirmed, passing_on.NOTHING_ASKED),
        },
        first=happened.action_passed_on,
    ),
    names.ANSWER_VIEW: Modal(
        str(Role.HEAD_OF_QUALITY),
        names.ANSWER_LOOK,
        {
            "they lose their role": (
                loses_their_role(Role.HEAD_OF_QUALITY),
                PRESSES[names.ANSWER_LOOK].others_read,
            ),
            "it is done": (confirmed, "This action is not open."),
        },
        first=happened.action_doubted,
    ),
    names.CHECK_VIEW: Modal(
        str(Role.HEAD_OF_SERVICE),
        names.CHECK,
        {"they have answered": (checked, "You answered this on Monday 2 October. Thank you.")},
        first=happened.to_check,
    ),
    names.LATE_VIEW: Modal(
        "the child's Head",
        names.ANSWER_LATE,
        {"it is done": (confirmed, "This action is not open.")},
    ),
    names.LEARNT_VIEW: Modal(
        "the holder",
        names.SAY_HOW,
        {"they have said so": (has_said_how_it_was, "You have said so on Monday 2 October. Thank you.")},
        first=happened.came_back,
    ),
    names.MADE_SAFE_VIEW: Modal(
        "the owner",
        names.MADE_SAFE,
        {
            "somebody else has said it": (
                their_deputy_says_so,
                "The child was seen or made safe at 09:05 on Monday 2 October, says Dee Larkspur.",
            )
        },
        first=happened.in_hand,
    ),
    names.AGREE_SAFE_VIEW: Modal(
        "the child's Head",
        names.AGREE_SAFE,
        {"somebody else has agreed": (agreed_elsewhere, "Leocadia Marsh agreed on Monday 2 October at 09:05.")},
        first=happened.said_safe,
    ),
    names.EVALUATE_VIEW: Modal(
        "the holder's Head",
        names.EVALUATE,
        {"they have answered": (evaluated, "You evaluated Asha Thornbury on Monday 2 October. Your words are kept.")},
        first=happened.to_evaluate,
    ),
    names.SIGN_OFF_VIEW: Modal(
        str(Role.LEADERSHIP),
        names.SIGN_OFF,
        {"it is settled": (happened.decided, f"This is settled already: {SIGNED_OFF}")},
        first=happened.to_sign_off,
    ),
    names.ANSWER_OUTCOME_VIEW: Modal(
        "the social worker",
        names.ANSWER_OUTCOME,
        {
            "the days are over": (
                on(date(2017, 10, 10)),
                f"This outcome is closed to answers now. It was open until Monday 9 October. {ASK}",
            )
        },
        first=happened.outcome_sent,
    ),
    names.OUTCOMES_VIEW: Modal(
        str(Role.ADMINISTRATOR),
        names.ALL_AS_SHOWN,
        {
            "they lose their role": (loses_their_role(Role.ADMINISTRATOR), NOT_YOURS_TO_SEND),
            "the child has another worker": (given_another_worker, CHANGED_MEANWHILE),
        },
        first=happened.outcome_waits,
    ),
    names.OPEN_DAY_VIEW: Modal(
        str(Role.ADMINISTRATOR),
        names.OPEN_DAY,
        {
            "they lose their role": (loses_their_role(Role.ADMINISTRATOR), NOT_THEIRS),
            "other pairs would be proposed": (
                moves_on("the holder"),
                "Something has changed since you looked: other pairs would be proposed now. Look at it again.",
            ),
        },
        first=happened.day_to_open,
    ),
    names.SAY_FIRST_VIEW: Modal(
        "the social worker",
        names.SAY_FIRST,
        {
            "the child has another worker": (given_another_worker, WHO_WORK_WITH_THE_CHILD),
            "the audit is back": (
                comes_back,
                "The audit of this record is back already. Thank you; what you said before stands in it.",
            ),
        },
    ),
    names.CHANGE_LIST_VIEW: Modal(
        "the holder's Head",
        names.CHANGE_LIST,
        {
            "they lose their role": (loses_their_role("the holder's Head"), WHO_ANSWERS),
            "the month begins": (
                on(date(2017, 11, 1)),
                "November 2017 has begun, so the list stands. Tell the administrator what has changed.",
            ),
        },
        first=happened.list_asked,
    ),
    names.AWAY_VIEW: Modal("the holder", names.NOT_AT_WORK, {}),
}
EVER = {
    (name, what): (each, took, read)
    for name, each in OPENED.items()
    for what, (took, read) in {**each.meanwhile, "they move on": (moves_on(each.who), NOT_IN_POST)}.items()
}


def test_every_modal_is_tried() -> None:
    untried = set(SENT_MODALS) - set(OPENED)
    assert not untried, f"Say in this test who opens these and what may happen until they are sent: {sorted(untried)}"


@pytest.mark.parametrize(("name", "what"), EVER)
def test_what_happens_until_it_is_sent_counts(stage: Stage, name: str, what: str) -> None:
    modal, took, read = EVER[name, what]
    send = opened(stage, name, modal)
    took(stage)
    before = stage.everything()
    assert (stage.shown(send), stage.everything()) == (read, before)


@pytest.mark.parametrize("name", OPENED)
def test_where_nothing_happens_until_then_it_is_taken(stage: Stage, name: str) -> None:
    send = opened(stage, name, OPENED[name])
    before = stage.everything()
    stage.shown(send)
    assert stage.everything() != before


def opened(stage: Stage, name: str, modal: Modal) -> Callable[[], TestResponse]:
    """The modal stands open, filled in; what is given back sends it."""
    who, view = stage.people[modal.who], modal.view or name
    modal.first(stage)
    stage.door.press(who, modal.action, PRESSES[modal.action].said_of(stage))
    assert stage.door.modal["callback_id"] == view
    return lambda: stage.door.submit(who, dict(MODALS[view].filled(stage)))
