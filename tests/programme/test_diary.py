"""A calendar file, octet by octet."""

from datetime import UTC, date, datetime

import pytest

from programme.diary import OCTETS_IN_A_LINE, Entry, calendar_file

AT = datetime(2017, 10, 2, 8, 5, tzinfo=UTC)
HERE = "https://audits.example.org"


def test_an_entry_is_a_whole_day() -> None:
    day = Entry("AUD-2017-10-01-due", date(2017, 10, 31), "AUD-2017-10-01 is due")
    assert calendar_file([day], address=HERE, made_at=AT) == (
        b"BEGIN:VCALENDAR\r\n"
        b"VERSION:2.0\r\n"
        b"PRODID:-//Auditloop//EN\r\n"
        b"BEGIN:VEVENT\r\n"
        b"UID:AUD-2017-10-01-due@audits.example.org\r\n"
        b"DTSTAMP:20171002T080500Z\r\n"
        b"DTSTART;VALUE=DATE:20171031\r\n"
        b"DTEND;VALUE=DATE:20171101\r\n"
        b"SUMMARY:AUD-2017-10-01 is due\r\n"
        b"URL:https://audits.example.org/\r\n"
        b"TRANSP:TRANSPARENT\r\n"
        b"END:VEVENT\r\n"
        b"END:VCALENDAR\r\n"
    )


def test_nothing_to_do_is_an_empty_calendar() -> None:
    assert calendar_file([], address=HERE, made_at=AT).splitlines()[-1] == b"END:VCALENDAR"


def test_what_has_a_meaning_of_its_own_is_escaped() -> None:
    day = Entry("x", date(2017, 10, 31), "a, b; c\\d\r\ne")
    assert b"SUMMARY:a\\, b\\; c\\\\d\\ne\r\n" in calendar_file([day], address=HERE, made_at=AT)


@pytest.mark.parametrize("letter", ["x", "é", "€", "🙂"])
@pytest.mark.parametrize("many", [60, 66, 67, 68, 74, 75, 200])
def test_a_long_line_is_folded_between_letters_and_unfolds_to_what_it_was(letter: str, many: int) -> None:
    file = calendar_file([Entry("x", date(2017, 10, 31), letter * many)], address=HERE, made_at=AT)
    assert max(len(line) for line in file.split(b"\r\n")) <= OCTETS_IN_A_LINE
    assert f"SUMMARY:{letter * many}\r\n" in file.replace(b"\r\n ", b"").decode()
    assert all(line.decode() for line in file.removesuffix(b"\r\n").split(b"\r\n"))
