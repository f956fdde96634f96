"""'I have this': one person takes it, the others hear who; until then more and more people are told."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from bot import names
from programme.calendar import at_london
from programme.made_safe import Seen
from programme.people import Person, RoleHeld
from programme.safety import Alert
from programme.words import Role, Way
from scheduler.sweeps.alerts import Alarms
from storage import alarming, clock, find, made_safe
from storage.office import Office
from tests.bot.conftest import Door
from tests.bot.swapping import first_said, last_said, post
from tests.cast import Cast, here
from tests.storage.crowd import at_once

REF = "SAFE-2017-10-01"
BEGAN = at_london(date(2017, 10, 7), time(2))
"""A Saturday, two o'clock in the morning."""


def seen_at(day: str, hour: str, words: str = "The worker saw the child at home.") -> dict[str, Any]:
    """The modal filled in."""
    return {
        names.DAY_FIELD: {names.DAY_FIELD: {"selected_date": day}},
        names.HOUR_FIELD: {names.HOUR_FIELD: {"value": hour}},
        names.WORDS_FIELD: {names.WORDS_FIELD: {"value": words}},
    }


def alarm(office: Office, cast: Cast, *, staff_conduct: bool = False) -> None:
    with office.record.writing() as session:
        clock.set_to(session, BEGAN)
        audit = find.allocations.by_ref(session, cast.allocation.ref, to_change=True)
        alarming.raise_alert(session, office, audit, here(session, cast.auditor), staff_conduct=staff_conduct)


def after(office: Office, minutes: int) -> None:
    with office.record.writing() as session:
        clock.set_to(session, BEGAN + timedelta(minutes=minutes))


def now(office: Office) -> Alert:
    with office.record.reading() as session:
        return find.alerts.by_ref(session, REF)


def director(office: Office) -> Person:
    with office.record.writing() as session:
        person = Person("marguerite@example.org", "Marguerite Oyelaran", [RoleHeld(Role.DIRECTOR)])
        session.add(person)
    return person


def told_again(office: Office) -> list[str]:
    with office.record.reading() as session:
        notices = find.notices.of_kind(session, "alert_repeated")
        return sorted(notice.person.email for notice in notices if notice.way is Way.CHAT)


class TestTakingIt:
    def test_one_takes_it_and_the_others_hear_who(self, office: Office, door: Door, cast: Cast) -> None:
        alarm(office, cast)
        post(office, door)
        door.press(cast.team_manager, names.HAVE_THIS, REF)
        assert door.modal_words == (
            "You have this, and the others are told so. Ring Asha Thornbury now if you have not. See that the child is"
            " seen or made safe, and say here when they are: *Child seen or made safe* stands in the message."
        )
        post(office, door)
        has_it = "Tomasz Ferreday has this since 02:00 on Saturday 7 October."
        for other in (cast.childs_head_of_service, cast.head_of_quality):
            assert last_said(door, other) == [f"*{has_it}* It is about MDW-0417."]
        assert first_said(door, cast.team_manager) == [
            "*An auditor answered 'unsafe now' for MDW-0417 (AUD-2017-10-01).*",
            has_it,
            "Child seen or made safe",
        ]

    def test_who_comes_second_reads_who_has_it(self, office: Office, door: Door, cast: Cast) -> None:
        alarm(office, cast)
        door.press(cast.team_manager, names.HAVE_THIS, REF)
        door.press(cast.head_of_quality, names.HAVE_THIS, REF)
        assert door.modal_words == "Tomasz Ferreday has this since 02:00 on Saturday 7 October."

    def test_who_was_not_told_cannot_take_it(self, office: Office, door: Door, cast: Cast) -> None:
        alarm(office, cast)
        for stranger in (cast.auditor, cast.peer, cast.administrator, cast.outsider, cast.head_of_service):
            door.press(stranger, names.HAVE_THIS, REF)
            assert door.modal_words == "Others were told of this. Type /audit to see what is yours."
        assert now(office).taken_at is None

    def test_of_many_presses_at_once_one_counts(self, office: Office, cast: Cast) -> None:
        alarm(office, cast)
        people = [cast.team_manager, cast.childs_head_of_service, cast.head_of_quality]

        def press(number: int) -> str:
            try:
                with office.record.writing() as session:
                    alarming.take(session, office, REF, here(session, people[number % 3]))
            except Exception as refused:  # noqa: BLE001 - whichever way it loses, it must lose
                return type(refused).__name__
            return "won"

        assert sorted(at_once(9, press)) == ["Refusal"] * 8 + ["won"]


class TestWhileNobodyHasIt:
    @pytest.mark.parametrize("minutes", [0, 29])
    def test_for_half_an_hour_it_is_said_once(self, office: Office, cast: Cast, minutes: int) -> None:
        alarm(office, cast)
        after(office, minutes)
        assert Alarms(office).sweep() == 0

    def test_then_again_then_wider_then_the_director_each_once(self, office: Office, cast: Cast) -> None:
        boss = director(office)
        alarm(office, cast)
        near = sorted([cast.team_manager.email, cast.childs_head_of_service.email, cast.head_of_quality.email])
        heard = []
        for minutes in (30, 31, 60, 90, 120, 500):
            before = told_again(office)
            after(office, minutes)
            Alarms(office).sweep()
            heard.append(sorted(set(told_again(office)) - set(before)) or len(told_again(office)) - len(before))
        assert heard == [near, 0, [cast.head_of_service.email], 0, [boss.email], 0]

    def test_after_an_outage_each_is_told_once(self, office: Office, cast: Cast) -> None:
        boss = director(office)
        alarm(office, cast)
        after(office, 600)
        assert [Alarms(office).sweep() for _ in range(2)] == [1, 0]
        near = [cast.team_manager.email, cast.childs_head_of_service.email, cast.head_of_quality.email]
        assert told_again(office) == sorted([*near, cast.head_of_service.email, boss.email])

    def test_a_worry_about_staff_goes_to_the_director_not_to_other_heads(self, office: Office, cast: Cast) -> None:
        boss = director(office)
        alarm(office, cast, staff_conduct=True)
        after(office, 60)
        Alarms(office).sweep()
        assert told_again(office) == sorted([cast.childs_head_of_service.email, cast.head_of_quality.email, boss.email])

    def test_once_somebody_has_it_nobody_is_told_again(self, office: Office, door: Door, cast: Cast) -> None:
        alarm(office, cast)
        door.press(cast.team_manager, names.HAVE_THIS, REF)
        after(office, 500)
        assert (Alarms(office).sweep(), told_again(office)) == (0, [])

    def test_of_two_workers_at_once_one_tells(self, office: Office, cast: Cast) -> None:
        alarm(office, cast)
        after(office, 30)
        assert sorted(at_once(4, lambda _: Alarms(office).sweep())) == [0, 0, 0, 1]
        assert len(told_again(office)) == 3


class TestItsEnd:
    def in_hand(self, office: Office, door: Door, cast: Cast) -> None:
        alarm(office, cast)
        post(office, door)
        door.press(cast.team_manager, names.HAVE_THIS, REF)

    def test_who_has_it_says_when_the_child_was_seen(self, office: Office, door: Door, cast: Cast) -> None:
        self.in_hand(office, door, cast)
        after(office, 120)
        door.press(cast.team_manager, names.MADE_SAFE, REF)
        assert door.modal["callback_id"] == names.MADE_SAFE_VIEW
        door.submit(cast.team_manager, seen_at("2017-10-07", "03.30"))
        alert = now(office)
        assert (alert.seen_words, alert.seen_at) == (
            "The worker saw the child at home.",
            at_london(date(2017, 10, 7), time(3, 30)),
        )

    @pytest.mark.parametrize(
        ("filled", "field", "sentence"),
        [
            (seen_at("2017-10-07", "03:30", "Seen."), "words", "Say in a sentence who saw the child"),
            (seen_at("2017-10-07", "half past"), "hour", "Say on which day, and at what time, like 09:40."),
            (seen_at("2017-10-07", "04:30"), "hour", "That is still to come"),
            (seen_at("2017-10-06", "23:00"), "hour", "after the alert came, at 02:00 on Saturday 7 October."),
        ],
    )
    def test_what_is_missing_is_said_under_its_field(
        self, office: Office, door: Door, cast: Cast, filled: dict[str, Any], field: str, sentence: str
    ) -> None:
        self.in_hand(office, door, cast)
        after(office, 120)
        door.press(cast.team_manager, names.MADE_SAFE, REF)
        answer = door.submit(cast.team_manager, filled).get_json()
        assert sentence in answer["errors"][field]
        assert now(office).seen_at is None

    def test_a_head_of_service_reads_what_was_done_and_agrees(self, office: Office, door: Door, cast: Cast) -> None:
        self.in_hand(office, door, cast)
        after(office, 120)
        door.press(cast.team_manager, names.MADE_SAFE, REF)
        door.submit(cast.team_manager, seen_at("2017-10-07", "03:30"))
        post(office, door)
        said = [
            "*An auditor answered 'unsafe now' for MDW-0417 (AUD-2017-10-01).*",
            "Tomasz Ferreday has this since 02:00 on Saturday 7 October.",
            "The child was seen or made safe at 03:30 on Saturday 7 October, says Tomasz Ferreday.",
        ]
        assert last_said(door, cast.childs_head_of_service) == [*said, "Look and agree"]
        assert "saw the child at home" not in str(door.twin.messages)
        door.press(cast.childs_head_of_service, names.AGREE_SAFE, REF)
        assert "The worker saw the child at home." in door.modal_words
        door.submit(cast.childs_head_of_service, {})
        post(office, door)
        agreed = f"{cast.childs_head_of_service.name} agreed on Saturday 7 October at 04:00."
        over = ["*An alert has come to its end.* It was about MDW-0417.", *said[1:], agreed]
        assert [last_said(door, each) for each in (cast.team_manager, cast.auditor)] == [over, over]
        assert first_said(door, cast.team_manager) == [*said, agreed]

    def test_until_it_ends_it_stands_on_their_home(self, office: Office, door: Door, cast: Cast) -> None:
        self.in_hand(office, door, cast)
        who = (cast.team_manager, cast.childs_head_of_service, cast.head_of_service, cast.auditor)
        assert [("has this since" in door.home_of(each)) for each in who] == [True, True, True, False]
        with office.record.writing() as session:
            seen = Seen("The worker saw the child at home.", BEGAN)
            made_safe.say(session, office, REF, seen, here(session, cast.team_manager))
            made_safe.agree(session, office, REF, here(session, cast.head_of_service))
        assert [("has this since" in door.home_of(each)) for each in who] == [False] * 4
