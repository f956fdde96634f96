"""Every message, word for word, and what none of them may hold."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from programme.allocations import Had
from programme.answers import ActionWanted, Answers
from programme.notices import Dropped, Letter, Notice
from programme.people import Person
from programme.submissions import Submission
from programme.words import NoticeState, Priority, Reason, Safety, SubmissionState
from storage import alarming, find, journal
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.cast import NOW, Cast, here, whole_answers

REF, CASE = "AUD-2017-10-01", "MDW-0417"


def drawn(office: Office, door: Door, kind: str, person: Person) -> Letter | Dropped:
    """The newest message of one kind for somebody, as the postman would draw it now: found first, drawn afterwards."""
    with office.record.reading() as session:
        mine = [each for each in find.notices.of_kind(session, kind) if each.person.email == person.email]
    with office.record.reading() as session:
        return door.bot.render(session, mine[-1])


def letter(office: Office, door: Door, kind: str, person: Person) -> tuple[str, list[str]]:
    made = drawn(office, door, kind, person)
    assert isinstance(made, Letter)
    return made.text, words_of(made.blocks).split("\n")


def instead(office: Office, door: Door, kind: str, person: Person) -> tuple[str, list[str]]:
    """Why a message is not sent any more, and what stands in its place where it was."""
    dropped = drawn(office, door, kind, person)
    assert isinstance(dropped, Dropped)
    return dropped.why, words_of(dropped.instead.blocks).split("\n") if dropped.instead else []


def returned(
    office: Office, cast: Cast, *, at: datetime = NOW, answers: Answers | None = None
) -> list[tuple[str, Priority]]:
    """The auditor sends the audit back. Which actions it raised."""
    with office.record.writing() as session:
        allocation, me = find.allocations.by_ref(session, REF), here(session, cast.auditor)
        circle = find.people.circle_of(session, allocation.case, on=NOW.date())
        arrived = Submission("SUB-1", "form", "r1", "d", "{}", at, SubmissionState.KEPT)
        session.add(arrived)
        said = answers or whole_answers(cast.tool)
        alerted = said.safety is Safety.UNSAFE_NOW
        if alerted:
            alarming.raise_alert(session, office, allocation, me, staff_conduct=False)
        made, actions, facts = allocation.record_return(
            said,
            arrived,
            by=me,
            at=at,
            circle=circle,
            rules=office.rules,
            had=Had(actions=find.actions.ever_of(session, allocation)),
        )
        session.add_all([*actions, *([made] if made else [])])
        journal.write(session, facts, by=me, at=at)
        return [(action.ref, action.priority) for action in actions]


def handed_back(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        allocation, me = find.allocations.by_ref(session, REF), here(session, cast.auditor)
        circle = find.people.circle_of(session, allocation.case, on=NOW.date())
        journal.write(session, allocation.hand_back(by=me, circle=circle), by=me, at=NOW)


def reason_given(office: Office, cast: Cast, reason: Reason, words: str = "") -> None:
    with office.record.writing() as session:
        allocation, me = find.allocations.by_ref(session, REF), here(session, cast.auditor)
        told = [here(session, cast.administrator)]
        journal.write(session, allocation.give_reason(reason, words, by=me, administrators=told), by=me, at=NOW)


def test_an_audit_is_given_out(office: Office, door: Door, cast: Cast) -> None:
    assert letter(office, door, "case_given_out", cast.auditor) == (
        "October 2017: an audit is ready for you",
        [
            "*October 2017's audit is ready for you.* Thank you for taking part.",
            "*MDW-0417*  Fathers",
            "Due on Friday 13 October  (AUD-2017-10-01)",
            "Open the form",
            "Swap",
            "I can't do this one",
            "Speak with the social worker first: read it with them if you can.",
        ],
    )


def test_an_audit_has_arrived(office: Office, door: Door, cast: Cast) -> None:
    returned(office, cast)
    assert letter(office, door, "return_recorded", cast.auditor) == (
        "Thank you: your audit has arrived",
        ["*Thank you. AUD-2017-10-01 has arrived.*", "It is in time for moderation. It sets no actions."],
    )


@pytest.mark.parametrize(("actions", "said"), [(1, "It sets 1 action."), (2, "It sets 2 actions.")])
def test_the_receipt_counts_the_actions(office: Office, door: Door, cast: Cast, actions: int, said: str) -> None:
    wanted = (ActionWanted("Write the plan.", "It is written.", Priority.STANDARD),) * actions
    returned(office, cast, answers=whole_answers(cast.tool, actions=wanted))
    assert letter(office, door, "return_recorded", cast.auditor)[1][1] == f"It is in time for moderation. {said}"


def test_an_audit_has_arrived_late(office: Office, door: Door, cast: Cast) -> None:
    returned(office, cast, at=datetime(2017, 10, 19, 11, 0, 1, tzinfo=UTC))
    assert letter(office, door, "return_recorded", cast.auditor)[1][1] == (
        "It came after the cut-off, so it is not in the month's figures. It is kept, and its actions count."
        " It sets no actions."
    )


def test_an_audit_is_handed_back(office: Office, door: Door, cast: Cast) -> None:
    handed_back(office, cast)
    assert letter(office, door, "case_handed_back", cast.administrator) == (
        "An audit was handed back",
        [
            "*AUD-2017-10-01 was handed back*: its auditor had a part in the record or knows the family.",
            "MDW-0417 waits for somebody else. Type `/audit round` to allocate it again.",
        ],
    )


def test_a_reason_is_given(office: Office, door: Door, cast: Cast) -> None:
    reason_given(office, cast, Reason.CAPACITY, "Two court weeks about Thimble.")
    assert letter(office, door, "reason_given", cast.administrator) == (
        "Somebody cannot do their audit this month",
        [
            "*AUD-2017-10-01 cannot be done by its auditor*: no time this month.",
            "It is still with them. Next: a swap can be made under Swaps, or more time given.",
            "Sign in to the pages",
        ],
    )


def test_an_urgent_action_is_raised(office: Office, door: Door, cast: Cast) -> None:
    assert returned(office, cast, answers=whole_answers(cast.tool, safety=Safety.NOT_ASSURED)) == [
        ("ACT-2017-10-01-1", Priority.URGENT)
    ]
    assert letter(office, door, "action_raised", cast.team_manager) == (
        "An audit asks you to act this week",
        [
            "*An audit asks you to act this week.* Sign in to read what is asked.",
            "*ACT-2017-10-01-1*  urgent",
            "Due on Monday 9 October  (MDW-0417)",
            "Confirm complete",
            "More…",
            "Acknowledge",
            "Sign in to the pages",
        ],
    )


def test_a_child_is_not_safe(office: Office, door: Door, cast: Cast) -> None:
    returned(office, cast, answers=whole_answers(cast.tool, safety=Safety.UNSAFE_NOW))
    assert letter(office, door, "child_unsafe", cast.team_manager) == (
        "Act now: open this message and ring",
        [
            "*Act now. An auditor answered 'unsafe now' for MDW-0417 (AUD-2017-10-01).*",
            "Ring the auditor, Asha Thornbury, at once, before anybody else. Out of hours: the duty team.",
            "I have this",
            "Press it as soon as you have it in hand: until then others are told too. This is not a referral.",
        ],
    )
    assert letter(office, door, "action_raised", cast.team_manager)[0] == "An audit asks you to act now"


def test_what_is_settled_is_not_told(office: Office, door: Door, cast: Cast) -> None:
    reason_given(office, cast, Reason.CAPACITY)
    returned(office, cast, answers=whole_answers(cast.tool, safety=Safety.NOT_ASSURED))
    with office.record.writing() as session:
        find.actions.by_ref(session, "ACT-2017-10-01-1").owner = here(session, cast.childs_head_of_service)
    assert instead(office, door, "case_given_out", cast.auditor) == (
        "not theirs to do any more",
        ["*MDW-0417*  Fathers  (AUD-2017-10-01)", "Returned, thank you."],
    )
    assert instead(office, door, "reason_given", cast.administrator) == (
        "settled meanwhile",
        ["*AUD-2017-10-01*: its auditor could not do it. That is settled."],
    )
    assert instead(office, door, "action_raised", cast.team_manager) == (
        "not theirs to do any more",
        ["*ACT-2017-10-01-1* asks nothing more of you."],
    )


def test_what_went_to_somebody_else_is_not_told(office: Office, door: Door, cast: Cast) -> None:
    with office.record.writing() as session:
        find.allocations.by_ref(session, REF).holder = here(session, cast.peer)
    assert instead(office, door, "case_given_out", cast.auditor) == (
        "not theirs to do any more",
        ["*MDW-0417*  Fathers  (AUD-2017-10-01)", "With somebody else now. There is nothing more to do."],
    )


EVERY_KIND = ["case_given_out", "return_recorded", "action_raised", "child_unsafe", "reason_given", "case_handed_back"]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_who_has_moved_on_is_told_nothing(office: Office, door: Door, cast: Cast, kind: str) -> None:
    with office.record.writing() as session:
        left = here(session, cast.auditor)
        left.ends = NOW.date() - timedelta(days=1)
        told = Notice("k", kind, REF, left, NoticeState.WAITING, NOW, NOW)
        assert door.bot.render(session, told) == Dropped("not in post any more")


CANARIES = {
    "strengths": "Strengthscanary",
    "evidence": "Seen in the record.",
    "impact": "Home is calmer than it was in spring.",
    "detail": "Nobody has seen the child for three weeks.",
    "step": "Stepcanary",
    "measure": "Measurecanary",
    "words": "Wordscanary",
}


def test_no_message_holds_an_answer_and_no_lock_screen_points_at_a_child(
    office: Office, door: Door, cast: Cast
) -> None:
    wanted = ActionWanted(CANARIES["step"], CANARIES["measure"], Priority.URGENT)
    answers = whole_answers(cast.tool, safety=Safety.UNSAFE_NOW, actions=(wanted,))
    reason_given(office, cast, Reason.OTHER, CANARIES["words"])
    before = letters(office, door)
    returned(office, cast, answers=answers)
    made = before + letters(office, door)
    assert {kind for kind, _ in made} == {
        "case_given_out",
        "reason_given",
        "return_recorded",
        "action_raised",
        "child_unsafe",
    }
    for kind, each in made:
        written = json.dumps(each.blocks, ensure_ascii=False)
        assert [name for name, canary in CANARIES.items() if canary in written + each.text] == []
        assert [word for word in (CASE, REF, "ACT-", "MDW", "child", "Child", "Fathers") if word in each.text] == []
        assert (kind, "http" in written) == (kind, False)


def letters(office: Office, door: Door) -> list[tuple[str, Letter]]:
    """Every message that is to be sent now."""
    with office.record.reading() as session:
        waiting = find.notices.in_state(session, NoticeState.WAITING)
        made = [(notice.kind, door.bot.render(session, notice)) for notice in waiting]
    return [(kind, each) for kind, each in made if isinstance(each, Letter)]


def test_free_text_is_neither_a_mention_nor_a_link(office: Office, door: Door, cast: Cast) -> None:
    with office.record.writing() as session:
        find.rounds.of_month(session, "2017-10").theme = "<!channel> & <http://evil.example|Fathers>"
    assert letter(office, door, "case_given_out", cast.auditor)[1][1] == (
        "*MDW-0417*  &lt;!channel&gt; &amp; &lt;http://evil.example|Fathers&gt;"
    )


DUE = [
    (date(2017, 10, 3), "Due on Tuesday 3 October  (AUD-2017-10-01)"),
    (date(2017, 10, 2), "Due today  (AUD-2017-10-01)"),
    (date(2017, 9, 29), "Was due on Friday 29 September  (AUD-2017-10-01)"),
]


@pytest.mark.parametrize(("due_on", "said"), DUE)
def test_a_due_date_is_said_as_one_would(office: Office, door: Door, cast: Cast, due_on: date, said: str) -> None:
    with office.record.writing() as session:
        find.allocations.by_ref(session, REF).due_on = due_on
    assert letter(office, door, "case_given_out", cast.auditor)[1][2] == said
