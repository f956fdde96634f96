"""`flask round forecast`, `target` and `dates`."""

import json
from datetime import date

from flask import Flask

from storage import find
from storage.office import Office
from tests.commands.test_rota import run

BY = ("--as", "bronwen@example.org")


def test_the_forecast_in_words_and_as_json(app: Flask) -> None:
    code, said = run(app, "round", "forecast", "2017-10", *BY)
    assert (code, said.splitlines()[0]) == (0, "At best this month gives 2; the target is 30.")
    made = json.loads(run(app, "round", "forecast", "2017-10", "--json", *BY)[1])
    assert (made["target"], made["at_best"], made["low"] <= made["likely"] <= made["high"]) == (30, 2, True)


def test_another_target_is_named(app: Flask) -> None:
    assert run(app, "round", "target", "2017-10", "24", *BY) == (
        0,
        "October 2017 aims at 24, by Bronwen Achterberg.\n",
    )
    assert run(app, "round", "target", "2017-10", "0", *BY)[0] == 1


def test_the_dates_are_shown_tried_and_moved(app: Flask, office: Office) -> None:
    opened = run(app, "round", "open", "2017-11", "--theme", "Fathers", "--group", "Linden", *BY)
    assert opened[0] == 0
    code, said = run(app, "round", "dates", "2017-11", *BY)
    assert (code, said.splitlines()[3]) == (0, "Due: Tuesday 14 November 2017")
    moving = ("round", "dates", "2017-11", "--move", "due", "2017-11-16", *BY)
    assert run(app, *moving, "--dry-run")[1].splitlines()[-1] == "Nothing was changed: this was a dry run."
    for expected, words in ((date(2017, 11, 14), ()), (date(2017, 11, 16), moving)):
        if words:
            assert run(app, *words)[1].splitlines()[3] == "Due: Tuesday 14 November 2017 → Thursday 16 November 2017"
        with office.record.reading() as session:
            assert find.rounds.of_month(session, "2017-11").due_on == expected
    assert run(app, "round", "dates", "2017-10", "--move", "due", "2017-10-17", *BY)[0] == 1
