"""`flask messages pause|resume`, and what the doctor says of messages."""

from datetime import date

import pytest
from flask import Flask

from storage import find
from storage.office import Office
from tests.cast import NOW
from tests.commands.test_rota import run

BY = ("--as", "bronwen@example.org")


def of_messages(app: Flask) -> str:
    [line] = [line for line in run(app, "doctor")[1].splitlines() if " messages: " in line]
    return line


def test_they_are_paused_and_go_again(app: Flask, office: Office) -> None:
    assert of_messages(app) == "ok    messages: they go out."
    for word, paused in (("pause", True), ("pause", True), ("resume", False)):
        assert run(app, "messages", word, *BY)[0] == 0
        with office.record.reading() as session:
            assert find.notices.paused(session) is paused
        assert of_messages(app).startswith("LOOK  messages: All messages are paused" if paused else "ok    messages")


@pytest.mark.parametrize("word", ["pause", "resume"])
def test_nobody_else_does_it(app: Flask, office: Office, word: str) -> None:
    assert run(app, "messages", word, "--as", "maren@example.org")[0] == 1
    with office.record.reading() as session:
        assert not find.notices.paused(session)


def test_the_doctor_says_that_slack_refuses_the_app(app: Flask, office: Office) -> None:
    with office.record.writing() as session:
        find.notices.switch(session, to_change=True).refuse("token_revoked", real_now=NOW)
    assert of_messages(app).startswith("LOOK  messages: Slack has refused the app since 09:05 on Monday 2 October")


WITHDRAW = ("round", "withdraw", "2017-10", "--reason", "The list was last month's.", *BY)


def out(office: Office) -> int:
    with office.record.reading() as session:
        return len(find.chasing.audits_out(session, date.max))


def test_a_month_is_withdrawn_once_it_is_asked(app: Flask, office: Office) -> None:
    code, said = run(app, *WITHDRAW, "--dry-run")
    assert (code, said, out(office)) == (0, "Still out: AUD-2017-10-01, AUD-2017-10-02.\n", 2)
    assert (run(app, *WITHDRAW)[0], out(office)) == (1, 2)  # nobody says yes
    code, said = run(app, *WITHDRAW, "--yes")
    assert (code, "2 withdrawn; the worker sends the apologies." in said, out(office)) == (0, True, 0)
    assert run(app, *WITHDRAW, "--yes")[0] == 1
