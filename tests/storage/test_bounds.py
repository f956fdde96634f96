"""What a file may bring is what the record can keep: the longest that is let through fits, and one more is a fault."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from programme import month_file, tool_file
from programme.refusals import Faulty, Refusal
from programme.rounds import open_round
from programme.rulebook import Rulebook
from storage import find
from storage.session import Record
from tests import cast as people


def tool(extra: int = 0, **also: object) -> dict[str, Any]:
    question = dict.fromkeys(("text", "standard", "definition"), "x" * 5000)
    question |= {"key": "core." + "k" * (95 + extra), "area": "a" * (100 + extra)}
    wide = "w" * (60 + extra)
    scale = [{"score": 1.5, "label": "l" * (60 + extra), "counts_within": wide}, {"score": 1, "label": wide}]
    return {
        "version": "v" * (40 + extra),
        "date": date(2017, 10, 1),
        "scale": scale,
        "questions": [question],
        **also,
    }


def past(extra: int = 0, *cases: str, months: int = 1) -> dict[str, Any]:
    row = {
        "status": "returned_late",
        "reason": "r" * (60 + extra),
        "judgements": {"k" * (100 + extra): 2},
        "outcomes": ["o" * (60 + extra)],
    }
    rows = [{"case": case, **row} for case in cases or ("C" * 20,)]
    return {"months": [{"month": "2017-08", "theme": "t" * (200 + extra), "rows": "all", "raw_returns": rows}] * months}


def read_month(file: Mapping[str, Any]) -> list[month_file.PastMonth]:
    return month_file.read(file, cases={}, known_months=frozenset())


def test_the_longest_tool_fits(record: Record) -> None:
    brought, _ = tool_file.read(tool())
    with record.writing() as session:
        session.add(brought)
    with record.reading() as session:
        assert find.tools.by_version(session, "v" * 40) is not None


def test_the_longest_month_fits(record: Record) -> None:
    [brought] = read_month(past())
    with record.writing() as session:
        session.add_all([brought.round, *(each for row in brought.rows for each in row if each)])
    with record.reading() as session:
        assert find.rounds.of_month(session, "2017-08").theme == "t" * 200


def test_one_character_more_is_a_fault_by_name() -> None:
    with pytest.raises(Faulty) as of_tool:
        tool_file.read(tool(1))
    assert [fault.sentence for fault in of_tool.value.faults] == [
        f"its {name} has {most + 1} characters; at most {most} are kept."
        for name, most in (
            *(("label", 60), ("counts_within", 60), ("label", 60)),
            *(("key", 100), ("area", 100), ("version", 40)),
        )
    ]
    with pytest.raises(Faulty) as of_month:
        read_month(past(1))
    assert [fault.where for fault in of_month.value.faults] == [
        "2017-08, theme",
        "2017-08, row 1 (CCCCCCCCCCCCCCCCCCCC), reason",
        "2017-08, row 1 (CCCCCCCCCCCCCCCCCCCC), judgements",
        "2017-08, row 1 (CCCCCCCCCCCCCCCCCCCC), outcomes",
    ]


def test_what_stands_twice_is_a_fault() -> None:
    with pytest.raises(Faulty) as of_cases:
        read_month(past(0, "MDW-1", "MDW-2", "MDW-1"))
    assert [str(fault) for fault in of_cases.value.faults] == ["2017-08, MDW-1: stands in the month 2 times."]
    with pytest.raises(Faulty) as of_months:
        read_month(past(months=2))
    assert [str(fault) for fault in of_months.value.faults] == [
        "2017-08: is on record already, or stands in the file twice."
    ]
    with pytest.raises(Faulty) as of_scale:
        tool_file.read(tool(scale=[{"score": 1, "label": "not yet"}, {"score": 1, "label": "again"}]))
    assert [str(fault) for fault in of_scale.value.faults] == ["scale: score '1' stands on it twice."]


def test_a_date_with_an_hour_is_not_a_date() -> None:
    with pytest.raises(Faulty, match="One thing is wrong"):
        tool_file.read(tool(date=datetime(2017, 10, 1, tzinfo=UTC)))


def test_a_theme_has_a_bound(rules: Rulebook) -> None:
    cast = people.gather(rules)
    assert cast.round.group is not None
    with pytest.raises(Refusal, match="at most 200 characters"):
        open_round(
            "2017-11",
            theme="t" * 201,
            group=cast.round.group,
            tool=cast.tool,
            target=None,
            by=cast.administrator,
            rules=rules,
        )
