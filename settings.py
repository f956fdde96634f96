"""The settings: read from the environment or `.env`, checked here, explained by `flask doctor`."""

import re
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
SHORTEST_METRICS_TOKEN = 24
SHORTEST_FORMS_SECRET = 24
"""Standard Webhooks asks for 24 to 64 bytes."""

NOTIFY_KEY = re.compile(
    r"(?:^|-)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
)
"""A key's name, the service's number and the secret."""


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
    forms_secret: SecretStr = SecretStr("")
    google_service_account_file: Path | None = None
    google_sheet_key: str = ""
    google_worksheet: str = ""
    sheets_api_url: str = "https://sheets.googleapis.com"
    notify_api_key: SecretStr = SecretStr("")
    notify_template_id: str = ""
    notify_api_url: str = "https://api.notifications.service.gov.uk"
    metrics_token: SecretStr = SecretStr("")
    demo: bool = False

    @model_validator(mode="after")
    def _demo_stays_at_home(self) -> Self:
        """A demo lets anybody be anybody, so it may only be reachable from the machine it runs on."""
        if self.demo and not self.is_local:
            msg = "DEMO is on, but PUBLIC_URL is not this machine. A demo lets anybody be anybody: unset one of them."
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _sheet_is_where_it_may_be(self) -> Self:
        """The sheet's key goes into an address, and what opens the sheet goes to that address."""
        if not re.fullmatch(r"[\w-]*", self.google_sheet_key, re.ASCII):
            msg = "GOOGLE_SHEET_KEY is not a key. It is the long part of the sheet's address, between /d/ and /edit."
            raise ValueError(msg)
        api = urlsplit(self.sheets_api_url)
        if api.scheme != "https" and not _is_here(api.hostname):
            msg = "SHEETS_API_URL is not https. What opens the sheet would travel openly: leave it out."
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _notify_is_what_it_may_be(self) -> Self:
        """Its client cuts the key into its parts unseen; and what is sent must not travel openly."""
        key, api = self.notify_api_key.get_secret_value(), urlsplit(self.notify_api_url)
        if key and not NOTIFY_KEY.search(key):
            msg = "NOTIFY_API_KEY is not a whole key. Copy all of it: it ends in two long numbers with dashes in them."
            raise ValueError(msg)
        if api.scheme != "https" and not _is_here(api.hostname):
            msg = "NOTIFY_API_URL is not https. What opens GOV.UK Notify would travel openly: leave it out."
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _webhook_secrets_are_long(self) -> Self:
        if any(len(secret) < SHORTEST_FORMS_SECRET for secret in self.forms_secrets):
            msg = (
                f"FORMS_SECRET must have at least {SHORTEST_FORMS_SECRET} characters, and so must each of several with"
                " commas between them. Make one with: python -c 'import secrets; print(secrets.token_hex())'"
            )
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _keys_are_real(self) -> Self:
        if len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            make_one = "python -c 'import secrets; print(secrets.token_hex())'"
            msg = f"SECRET_KEY must have at least {SHORTEST_SECRET} characters. Make one with: {make_one}"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _metrics_token_is_long(self) -> Self:
        if 0 < len(self.metrics_token.get_secret_value()) < SHORTEST_METRICS_TOKEN:
            msg = f"METRICS_TOKEN must have at least {SHORTEST_METRICS_TOKEN} characters, or be left out."
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
        return _is_here(urlsplit(self.public_url).hostname)

    @property
    def has_slack(self) -> bool:
        return bool(self.slack_bot_token.get_secret_value() and self.slack_signing_secret.get_secret_value())

    @property
    def forms_secrets(self) -> tuple[str, ...]:
        """While they are changed there are several; what is signed by any of them is taken."""
        return tuple(each.strip() for each in self.forms_secret.get_secret_value().split(",") if each.strip())

    @property
    def has_sheet(self) -> bool:
        return bool(self.google_service_account_file and self.google_sheet_key)

    @property
    def has_notify(self) -> bool:
        return bool(self.notify_api_key.get_secret_value() and self.notify_template_id)

    def policy(self) -> Policy:
        """The policy from POLICY_FILE, or its defaults where none is named."""
        if self.policy_file is None:
            return Policy(since=date(2017, 4, 1))
        with self.policy_file.open("rb") as file:
            return Policy.read(load(file))


def _is_here(host: str | None) -> bool:
    """Whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
