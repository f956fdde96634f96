"""Versions of the audit tool on record, when several people do something with them at the same moment."""

from datetime import date

import pytest

from programme.refusals import NotFound, Refusal
from storage import find, tooling
from storage import month as months
from storage.office import Office
from tests.cast import Cast, audit_tool, here
from tests.storage.crowd import at_once

LATER = ("2017-11", "2017-12", "2018-01", "2018-02", "2018-03", "2018-04")


def make(office: Office, cast: Cast, version: str) -> None:
    """A version whose date is later than that of any other."""
    tool = audit_tool()
    tool.version, tool.dated = version, date.fromisoformat(f"{version}-01")
    with office.record.writing() as session:
        base = find.tools.must_be(session, "2017-10")
        tooling.make(session, office, tool, base, by=here(session, cast.head_of_quality))


def opened_with(office: Office, month: str) -> str:
    with office.record.reading() as session:
        tool = find.rounds.of_month(session, month).tool
        return tool.version if tool else ""


@pytest.mark.parametrize("month", LATER)
def test_a_version_goes_or_a_month_takes_it_and_never_both(office: Office, cast: Cast, month: str) -> None:
    make(office, cast, month)

    def act(number: int) -> bool:
        try:
            with office.record.writing() as session:
                if number:
                    tooling.remove(session, office, month, by=here(session, cast.head_of_quality))
                else:
                    by = here(session, cast.administrator)
                    months.open_month(session, office, month, by, theme="Voice", group="Rowan")
        except Refusal:
            return False
        return True

    opened, removed = at_once(2, act)
    assert (opened, opened_with(office, month)) == (True, "2017-10" if removed else month)
    with office.record.reading() as session:
        versions = [tool.version for tool in find.tools.every(session)]
    assert versions == (["2017-10"] if removed else [month, "2017-10"])


def test_of_many_who_save_one_version_one_does(office: Office, cast: Cast) -> None:
    def save(_: int) -> bool:
        try:
            make(office, cast, "2017-11")
        except Refusal:
            return False
        return True

    assert sorted(at_once(6, save)) == [False] * 5 + [True]
    with office.record.reading() as session:
        assert len(find.tools.must_be(session, "2017-11").questions) == 5


def test_what_goes_takes_its_questions_along_and_no_others(office: Office, cast: Cast) -> None:
    make(office, cast, "2017-11")
    with office.record.writing() as session:
        tooling.remove(session, office, "2017-11", by=here(session, cast.head_of_quality))
    with office.record.reading() as session:
        assert find.tools.keys(session) == {question.key for question in cast.tool.questions}
        with pytest.raises(NotFound):
            find.tools.must_be(session, "2017-11")
