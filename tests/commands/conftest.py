"""The whole app, so that a test can run its commands."""

from collections.abc import Iterator

import pytest
from flask import Flask
from pydantic import SecretStr

import app as front_hall
from settings import Settings
from storage.office import Office
from storage.session import Record
from tests.cast import Cast
from tests.storage.test_races import url_of


@pytest.fixture
def app(office: Office, cast: Cast) -> Iterator[Flask]:  # noqa: ARG001 - both are on record before the app opens it
    secret = SecretStr("for tests only, and long enough for it")
    settings = Settings(_env_file=None, database_url=url_of(office.record), secret_key=secret, demo=True)
    built = front_hall.build(settings)
    yield built
    record: Record = built.extensions["auditloop"].office.record
    record.close()
