"""`flask round rota`, and turns that follow the people list."""

import json

from flask import Flask

from programme.rota import Turn
from storage import find
from storage.office import Office
from tests.cast import Cast, here


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=list(words))
    return done.exit_code, done.stdout


def test_the_rota_is_listed_with_why(app: Flask, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        session.add(Turn(here(session, cast.auditor), "2017-11", "carried over", carried_from="2017-07"))
    _, said = run(app, "round", "rota", "--json")
    assert [(each["month"], each["email"], each["why"]) for each in json.loads(said)] == [
        ("2017-10", "asha@example.org", "by the rota: Rowan's month"),
        ("2017-11", "asha@example.org", "July's audit carried over"),
        ("2017-11", "kofi@example.org", "by the rota: Linden's month"),
    ]


def test_who_leaves_has_no_turn_ahead_any_more(app: Flask, office: Office) -> None:
    assert run(app, "people", "leave", "kofi@example.org", "2017-10-20", "--as", "bronwen@example.org")[0] == 0
    with office.record.reading() as session:
        left = [turn.month for turn in find.turns.every(session) if turn.person.email == "kofi@example.org"]
    assert left == []
