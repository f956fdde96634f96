"""`flask reminders preview`: who would be told what on a day, and that nothing is sent."""

import json
from datetime import date, time

import pytest
from flask import Flask

from programme.calendar import at_london
from storage import clock, find
from storage.office import Office

FIRST, SECOND = "AUD-2017-10-01", "AUD-2017-10-02"
ASHA, KOFI, MAREN = "asha@example.org", "kofi@example.org", "maren@example.org"


def preview(app: Flask, *words: str) -> list[tuple[str, ...]]:
    said = app.test_cli_runner().invoke(args=["reminders", "preview", "--json", *words])
    assert said.exit_code == 0
    rows = json.loads(said.stdout)
    assert [row["why"] for row in rows] == [IN_WORDS[row["step"]] for row in rows]
    return [(row["when"], row["to"], row["about"], row["step"]) for row in rows]


def both(when: str, step: str) -> list[tuple[str, ...]]:
    return [(when, ASHA, FIRST, step), (when, KOFI, SECOND, step)]


IN_WORDS = {
    "check_in": "check-in before it is due",
    "day_before": "the day before it is due",
    "was_due": "was due",
    "head_told": "the Head of Service is told",
    "closing": "closing today",
}

OCTOBER = [
    (6, "check_in"),
    (12, "day_before"),
    (16, "was_due"),
    (19, "closing"),
]


@pytest.mark.parametrize(("day", "step"), OCTOBER)
def test_each_day_says_who_would_hear_what(app: Flask, day: int, step: str) -> None:
    assert preview(app, "--on", f"2017-10-{day:02d}") == both(f"2017-10-{day:02d} 09:00", step)


def test_the_head_of_service_is_named_with_the_audits_they_would_be_told_of(app: Flask) -> None:
    when = "2017-10-17 09:00"
    assert preview(app, "--on", "2017-10-17") == [
        (when, MAREN, FIRST, "head_told"),
        (when, ASHA, FIRST, "head_told"),
        (when, MAREN, SECOND, "head_told"),
        (when, KOFI, SECOND, "head_told"),
    ]


@pytest.mark.parametrize("day", ["2017-10-03", "2017-10-07", "2017-10-20", "2017-09-29"])
def test_a_day_without_a_step_says_so(app: Flask, day: str) -> None:
    assert preview(app, "--on", day) == []
    said = app.test_cli_runner().invoke(args=["reminders", "preview", "--on", day]).stdout
    assert said == f"Nobody is reminded of anything on {date.fromisoformat(day):%A %-d %B %Y}.\n"


def test_today_is_meant_where_no_day_is_named_and_what_was_missed_is_caught_up(app: Flask, office: Office) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 9), time(10, 30)))
    assert preview(app) == both("2017-10-09 10:30", "check_in")


def test_nothing_is_sent_and_no_step_is_taken(app: Flask, office: Office) -> None:
    preview(app, "--on", "2017-10-17")
    with office.record.reading() as session:
        assert find.chasing.steps(session, [FIRST, SECOND]) == {}
        assert find.notices.of_kind(session, "reminded") == []


def test_what_is_no_day_is_used_wrongly(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["reminders", "preview", "--on", "tuesday"]).exit_code == 2


def test_as_somebody_one_reads_what_they_may_see(app: Flask) -> None:
    when = "2017-10-17 09:00"
    assert preview(app, "--on", "2017-10-17", "--as", ASHA) == [(when, ASHA, FIRST, "head_told")]
    assert len(preview(app, "--on", "2017-10-17", "--as", MAREN)) == 4
    assert preview(app, "--on", "2017-10-17", "--as", "yusuf@example.org") == []
