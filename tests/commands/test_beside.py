"""`flask round give` and `flask round practice`."""

import json

import pytest
from flask import Flask

from storage.office import Office
from tests.cast import MONTH, Cast
from tests.forms.arriving import arrives, told

PRACTICE = (
    *("give", MONTH, "--type", "practice", "--case", "MDW-0502", "--group", "Rowan"),
    *("--as", "bronwen@example.org"),
)


def run(app: Flask, *words: str) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["round", *words])
    return done.exit_code, done.stdout, done.stderr


def test_a_practice_case_is_given_and_its_judgements_stand_side_by_side(app: Flask, office: Office, cast: Cast) -> None:
    assert run(app, *PRACTICE) == (0, "AUD-2017-10-03  MDW-0502  to asha@example.org\n", "")
    arrives(office, cast, {"case_ref": "MDW-0502"})
    _, said, _ = run(app, "practice", MONTH, "MDW-0502", "--as", "bronwen@example.org", "--json")
    [judged] = json.loads(said)
    assert (judged["auditor"], judged["overall"], judged["core.plan"]) == ("asha@example.org", "1.5", "1")


def test_a_dry_run_gives_nothing_out(app: Flask, office: Office) -> None:
    before = told(office, "case_given_out")
    _, said, _ = run(app, *PRACTICE, "--dry-run")
    assert said.splitlines()[-1] == "Nothing was given out: this is what would be."
    assert told(office, "case_given_out") == before


@pytest.mark.parametrize(
    ("chosen", "missing"),
    [
        (("--type", "practice", "--case", "MDW-0502"), "Say --group as well."),
        (("--type", "re-audit"), "Say --of and --to as well."),
        (("--type", "dip-sample", "--case", "MDW-0502"), "Say --to and --tool as well."),
    ],
)
def test_what_is_missing_is_said(app: Flask, chosen: tuple[str, ...], missing: str) -> None:
    code, _, complaint = run(app, "give", MONTH, *chosen, "--as", "bronwen@example.org")
    assert (code, complaint.strip()) == (1, missing)


def test_only_who_runs_the_month_gives_out(app: Flask) -> None:
    assert run(app, *PRACTICE[:-1], "asha@example.org")[0] == 1
