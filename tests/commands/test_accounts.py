"""`flask people list --unmatched`, `match` and `unmatch`."""

import pytest
from flask import Flask

from programme.accounts import Account
from programme.words import AccountStanding
from storage import find, introducing
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import NOW

pytestmark = ON_ONE_DATABASE

ME = ("--as", "bronwen@example.org")


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["people", *words])
    return done.exit_code, done.stdout


@pytest.mark.usefixtures("cast")
def test_a_match_is_taken_back_and_made_on_the_command_line(app: Flask, office: Office) -> None:
    assert run(app, "unmatch", "asha@example.org", *ME)[0] == 0
    assert "Say which account is theirs" in run(app, "list", "--unmatched")[1]
    assert run(app, "match", "asha@example.org", "UASHA", *ME)[0] == 1
    with office.record.writing() as session:
        knock = find.knocks.by_account(session, "UASHA")
        assert knock is not None
        knock.note(Account(AccountStanding.OURS, "UASHA"), at=NOW)
    assert run(app, "match", "asha@example.org", "UASHA", *ME)[0] == 0
    assert "Everybody in post is reached in Slack." in run(app, "list", "--unmatched")[1]
    introducing.knock(office, "UASHA")
    with office.record.reading() as session:
        assert find.knocks.count(session) == 0


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(("by", "done"), [("bronwen", 0), ("asha", 0), ("kofi", 1)])
def test_who_would_rather_read_email_is_said_by_themselves_and_by_who_runs_the_month(
    app: Flask, office: Office, by: str, done: int
) -> None:
    said = run(app, "email", "asha@example.org", "on", "--as", f"{by}@example.org")
    assert said == (done, "" if done else "Messages reach asha@example.org by e-mail, once that is set up.\n")
    with office.record.reading() as session:
        asha = find.people.by_email(session, "asha@example.org")
        assert asha is not None
        assert asha.prefers_email is not bool(done)
