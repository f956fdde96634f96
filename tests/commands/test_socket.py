"""`flask socket` is for trying out: where Slack can come to us, or without its token, it says so and opens nothing."""

from pathlib import Path

import pytest
from pydantic import SecretStr

import app as front_hall
from settings import Settings

SECRET = SecretStr("for tests only, and long enough for it")
FOR_REAL = (
    "Socket Mode is for trying out only. Slack sends what happens to https://audits.council.example/slack/events:"
    " turn Socket Mode off in the app's settings and start the web process."
)
NO_TOKEN = "SLACK_APP_TOKEN is missing. Make one with the scope connections:write in the app's settings."


@pytest.mark.parametrize(
    ("public_url", "token", "said"),
    [
        ("https://audits.council.example", "xapp-1", FOR_REAL),
        ("http://127.0.0.1:5000", "", NO_TOKEN),
    ],
)
def test_it_says_why_not(tmp_path: Path, public_url: str, token: str, said: str) -> None:
    built = front_hall.build(
        Settings(
            _env_file=None,
            database_url=f"sqlite:///{tmp_path}/a.db",
            secret_key=SECRET,
            public_url=public_url,
            slack_app_token=SecretStr(token),
        )
    )
    answer = built.test_cli_runner().invoke(args=["socket"])
    built.extensions["auditloop"].office.record.close()
    assert (answer.exit_code, answer.stderr) == (1, f"Error: {said}\n")
