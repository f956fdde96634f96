"""July, August and September 2017, taken in by the command, give every figure their reports must show."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from yaml import safe_load

import app as front_hall
from programme.counted import Counted
from programme.glance import Glance
from settings import Settings
from storage import find
from storage.office import Office
from tests.cast import NOW, Cast
from tests.storage.test_races import url_of
from tests.web.conftest import Browser

DATA = Path(__file__).resolve().parents[1] / "data/seed_months.yaml"
MONTHS: Mapping[str, Mapping[str, Any]] = {each["month"]: each for each in safe_load(DATA.read_text())["months"]}


def at(path: str, report: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever stands there
    found: Any = report
    for name in path.split("."):
        found = found[name]
    return found


WHERE = {
    "distributed": "account.given_out",
    "returned": "returned",
    "late": "account.returned_late",
    "unaccounted": "account.unaccounted",
    "moderated": "moderated",
    "moderated_down": "moderation.down",
    "moderated_up": "moderation.up",
    "unchanged": "moderation.unchanged",
    "agreement_percent": "moderation.agreement_percent",
    "grade_counts": "grades",
    "auditor_grade_counts": "auditor_grades",
    "good_or_better": "good_or_better",
    "mean_score": "mean_score",
    "return_rate_percent": "rates.return",
    "in_time_rate_percent": "rates.in_time",
    "in_time_share_of_returned": "rates.in_time_of_returned",
}
"""Where each expected figure stands in the report."""


def in_the_report(name: str, wanted: Any, report: Mapping[str, Any]) -> Any:  # noqa: ANN401 - numbers and mappings
    """What the report says of one expected figure, in the shape the expectation has."""
    if name in WHERE:
        return at(WHERE[name], report)
    if name == "not_completed":
        return sum(report["account"]["not_returned"].values()) + report["account"]["no_reason_given"]
    if name == "not_yet_good":
        return {key: report["not_yet_good"][key] for key in wanted}
    if name == "area_not_yet_good":
        return {area: {key: report["areas"][area][key] for key in share} for area, share in wanted.items()}
    if name == "outcomes":
        return {tag: outcome(tag, share, report) for tag, share in wanted.items()}
    return direction_of_travel(wanted, report)


def direction_of_travel(wanted: Any, report: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if wanted == "no previous month":
        return wanted if set(flat(report["direction"])) <= {None} else report["direction"]
    return {key: direction(key, report) for key in wanted}


def outcome(tag: str, share: Any, report: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if tag == "children_unsafe":
        return report["children_unsafe"]
    said = report["outcomes"].get(tag)
    return {key: said[key] for key in share} if isinstance(share, dict) else said["n"]


def direction(name: str, report: Mapping[str, Any]) -> int | None:
    plain = name.removesuffix("_points")
    moved: int | None = report["direction"].get(plain, report["direction"]["areas"].get(plain))
    return moved


def flat(moved: Mapping[str, Any]) -> list[Any]:
    return [each for value in moved.values() for each in (flat(value) if isinstance(value, dict) else [value])]


@pytest.fixture
def report(office: Office, cast: Cast) -> Mapping[str, Mapping[str, Any]]:
    """The JSON of each month, after the command has taken the file in."""
    app = with_the_months(office, cast)
    del app
    with office.record.reading() as session:
        counted: dict[str, Counted] = {
            of.month: find.figures.counted(session, of, now=NOW) for of in find.rounds.all_months(session)
        }
    before = {"2017-08": counted["2017-07"], "2017-09": counted["2017-08"]}
    return {month: Glance(counted[month], before.get(month)).json("imported") for month in MONTHS}


def with_the_months(office: Office, cast: Cast) -> Flask:
    settings = Settings(
        _env_file=None,
        database_url=url_of(office.record),
        secret_key=SecretStr("for tests only, and long enough for it"),
        demo=True,
    )
    built = front_hall.build(settings)
    done = built.test_cli_runner().invoke(args=["months", "import", str(DATA), "--as", cast.administrator.email])
    built.extensions["auditloop"].office.record.close()
    assert (done.exit_code, done.output.count("rows taken in as history")) == (0, 3)
    return built


@pytest.mark.parametrize("month", MONTHS)
def test_every_expected_figure_stands_in_the_report(report: Mapping[str, Mapping[str, Any]], month: str) -> None:
    expected = MONTHS[month]["expected"]
    assert {name: in_the_report(name, wanted, report[month]) for name, wanted in expected.items()} == expected


def test_august_names_its_one_unaccounted_audit(report: Mapping[str, Mapping[str, Any]]) -> None:
    account = report["2017-08"]["account"]
    assert (account["unaccounted"], account["balances"], account["odd"]) == (1, False, ["AUD-2017-08-27"])


def test_what_july_does_not_say_is_not_zero(report: Mapping[str, Mapping[str, Any]]) -> None:
    july = report["2017-07"]
    assert [july["account"][name] for name in ("given_out", "not_returned", "balances")] == [None, None, None]
    assert (july["rates"]["return"], july["feedback"], july["actions"], july["swaps"]) == (None, None, None, None)


def test_an_area_of_other_questions_gets_no_arrow(report: Mapping[str, Mapping[str, Any]]) -> None:
    """July's analysis had two questions, August's one; September's is August's."""
    assert [report[month]["areas"]["analysis"]["direction"] for month in ("2017-08", "2017-09")] == [
        {"points": -6, "same_questions": False, "shared_points": -2, "reads": "not the same questions"},
        {"points": 8, "same_questions": True, "shared_points": 8, "reads": "no clear change"},
    ]


def printed(share: Mapping[str, int]) -> str:
    small = " (small numbers)" if share["of"] < 10 else ""
    return f"{share['n']} of {share['of']}, {share['percent']}%{small}"


def shares_in(expected: Mapping[str, Any]) -> list[str]:
    """Every expected percentage as the page must print it, with its n of N."""
    outcomes = [each for each in expected["outcomes"].values() if isinstance(each, dict)]
    areas = list(expected["area_not_yet_good"].values())
    known = [printed(share) for share in [expected["not_yet_good"], expected["good_or_better"], *areas, *outcomes]]
    in_time = expected["returned"] - expected["late"]
    known.append(f"{in_time} of {expected['returned']}, {expected['in_time_share_of_returned']}%")
    if "return_rate_percent" in expected:
        known.append(f"{expected['returned']} of {expected['distributed']}, {expected['return_rate_percent']}%")
        known.append(f"{in_time} of {expected['distributed']}, {expected['in_time_rate_percent']}%")
    return [*known, f"agreed on {expected['unchanged']} of {expected['moderated']}, {expected['agreement_percent']}%"]


def words_in(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("month", MONTHS)
def test_the_page_prints_every_percentage_with_its_n_of_n(
    office: Office, cast: Cast, browser: Browser, month: str
) -> None:
    with_the_months(office, cast)
    words, expected = words_in(browser(cast.administrator).get(f"/reports/{month}").text), MONTHS[month]["expected"]
    assert [share for share in shares_in(expected) if share not in words] == []
    assert f"Mean score {expected['mean_score']:g}" in words
    assert f"{expected['moderated_down']} down, {expected['moderated_up']} up" in words


def test_augusts_page_names_its_one_unaccounted_audit(office: Office, cast: Cast, browser: Browser) -> None:
    with_the_months(office, cast)
    words = words_in(browser(cast.administrator).get("/reports/2017-08").text)
    assert "The account does not balance. Unaccounted for: AUD-2017-08-27." in words


def test_the_json_is_what_the_page_is_made_of(
    office: Office, cast: Cast, browser: Browser, report: Mapping[str, Mapping[str, Any]]
) -> None:
    del office
    assert browser(cast.administrator).get("/reports/2017-09.json").get_json() == report["2017-09"]


def test_the_trend_shows_the_median_of_the_months_on_record(office: Office, cast: Cast, browser: Browser) -> None:
    with_the_months(office, cast)
    client = browser(cast.administrator)
    said = [re.findall(r"median of these months, ([\d.]+)%", client.get(f"/reports/{month}").text) for month in MONTHS]
    assert said == [[], ["86.5"], ["91"]]
