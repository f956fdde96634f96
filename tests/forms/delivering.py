"""The webhook as whoever sends to it sees it: one delivery, signed rightly unless the test says otherwise."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect
from werkzeug.test import TestResponse

from forms import signing, webhook
from storage.office import Office
from web import look

SECRET, OLD_SECRET = "a secret for the webhook alone", "the one before, still in use"


@dataclass(frozen=True)
class Post:
    """Where deliveries are brought."""

    office: Office
    client: FlaskClient

    def deliver(
        self,
        body: bytes,
        *,
        delivery: str = "",
        timestamp: str = "",
        secret: str = SECRET,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:
        delivery = delivery or f"msg_{uuid.uuid4().hex}"
        timestamp = timestamp or str(int(self.office.real_now().timestamp()))
        signed = {
            "webhook-id": delivery,
            "webhook-timestamp": timestamp,
            "webhook-signature": signing.sign(secret, delivery, timestamp, body),
            "Content-Type": "application/json",
        }
        return self.client.post("/forms/returns", data=body, headers={**signed, **(headers or {})})


def post_office(office: Office) -> Post:
    app = Flask("webhook", static_folder=None)
    app.config.update(SECRET_KEY="for tests only", PUBLIC_URL=office.address, PROPAGATE_EXCEPTIONS=False)
    look.dress(app)
    routes = webhook.routes(office, (SECRET, OLD_SECRET))
    CSRFProtect(app).exempt(routes)
    app.register_blueprint(routes)
    return Post(office, app.test_client())
