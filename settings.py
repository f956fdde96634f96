"""The settings: read from the environment or `.env`, checked here, explained by `flask doctor`."""

from datetime import date
from ipaddress import ip_address
from pathlib import Path
from tomllib import load
from typing import Self
from urllib.parse import urlsplit

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from programme.policy import Policy

SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """Every name is the environment's own. A secret never shows in a log or a printed setting."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore")

    database_url: str = "sqlite:///auditloop.db"
    secret_key: SecretStr = SecretStr("")
    public_url: str = "http://127.0.0.1:8000"
    policy_file: Path | None = None
    slack_bot_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_team_id: str = ""
    slack_api_url: str = "https://slack.com/api/"
    demo: bool = False

    @model_validator(mode="after")
    def _demo_stays_at_home(self) -> Self:
        """A demo lets anybody be anybody, so it may only be reachable from the machine it runs on."""
        if self.demo and not self.is_local:
            msg = "DEMO is on, but PUBLIC_URL is not this machine. A demo lets anybody be anybody: unset one of them."
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _keys_are_real(self) -> Self:
        if len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            make_one = "python -c 'import secrets; print(secrets.token_hex())'"
            msg = f"SECRET_KEY must have at least {SHORTEST_SECRET} characters. Make one with: {make_one}"
            raise ValueError(msg)
        return self

    @property
    def address(self) -> str:
        return self.public_url.rstrip("/")

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def is_local(self) -> bool:
        host = urlsplit(self.public_url).hostname or ""
        return host == "localhost" or _is_loopback(host)

    @property
    def has_slack(self) -> bool:
        return bool(self.slack_bot_token.get_secret_value() and self.slack_signing_secret.get_secret_value())

    def policy(self) -> Policy:
        """The policy from POLICY_FILE, or its defaults where none is named."""
        if self.policy_file is None:
            return Policy(since=date(2017, 4, 1))
        with self.policy_file.open("rb") as file:
            return Policy.read(load(file))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
