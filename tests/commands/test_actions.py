"""`flask actions list|overdue`: the filters of the page, for the host and for whom it looks."""

import json
import re

import pytest
from flask import Flask

from storage.office import Office
from tests.cast import Cast
from tests.commands.test_rota import run
from tests.overseen import many


@pytest.fixture(autouse=True)
def actions(office: Office, cast: Cast) -> None:
    many(office, cast)


def refs(app: Flask, *said: str) -> list[str]:
    status, out = run(app, "actions", *said, "--json")
    assert status == 0
    return [row["ref"] for row in json.loads(out)]


def test_all_that_is_open_is_listed_and_what_is_overdue_is_a_part_of_it(app: Flask) -> None:
    still_open, late = refs(app, "list"), refs(app, "overdue")
    assert (len(still_open), len(late), set(late) <= set(still_open)) == (80, 49, True)


def test_filters_narrow_it(app: Flask) -> None:
    theirs = refs(app, "list", "--owner", "tomasz@example.org")
    assert len(theirs) == 16
    urgent = refs(app, "list", "--owner", "tomasz@example.org", "--priority", "urgent")
    assert 0 < len(urgent) < 16
    assert set(urgent) < set(theirs)
    assert refs(app, "list", "--team", "Harbour") == []
    assert len(refs(app, "list", "--state", "checked")) == 40


def test_for_somebody_only_what_they_may_see(app: Flask) -> None:
    assert refs(app, "list", "--as", "tomasz@example.org") == refs(app, "list", "--owner", "tomasz@example.org")
    assert run(app, "actions", "list", "--as", "yusuf@example.org") == (0, "There is no such action.\n")


def test_a_line_says_which_whose_and_when_and_no_word_of_it(app: Flask) -> None:
    _, out = run(app, "actions", "overdue", "--owner", "idris@example.org", "--late-for", "6-10")
    what = r"ACT-2017-10-\d+  MDW-0(417|502)  Meadow  Care and Permanence  \w+  (sent|acknowledged)"
    line = what + r"  idris@example.org(  2017-\d\d-\d\d){2,3}  \d+  ([6-9]|10)"
    assert out.splitlines() != []
    assert all(re.fullmatch(line, each) for each in out.splitlines())
    assert "canary" not in out


def test_a_word_that_is_no_filter_is_used_wrongly(app: Flask) -> None:
    assert run(app, "actions", "list", "--state", "done")[0] == 2
