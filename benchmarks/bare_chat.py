"""The barest listener that Bolt and Flask allow: it checks the signature and says that it has heard."""

import re

from flask import Flask, Response, request
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from bot import names
from tests.twins.signing import SIGNING_SECRET
from tests.twins.slack import BOT_TOKEN

ANYTHING = re.compile("")


def stock() -> Flask:
    """As Bolt comes: the listener runs in a thread, and Bolt looks every ten milliseconds whether it has answered."""
    return _app(process_before_response=False)


def at_once() -> Flask:
    """The listener runs in the request's own thread, as ours does."""
    return _app(process_before_response=True)


def _app(*, process_before_response: bool) -> Flask:
    slack = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None, bot_token=BOT_TOKEN),
        signing_secret=SIGNING_SECRET,
        process_before_response=process_before_response,
    )
    slack.command(names.COMMAND)(_hear)
    slack.action(ANYTHING)(_hear)
    slack.view(ANYTHING)(_hear)
    handler = SlackRequestHandler(slack)
    app = Flask("bare")

    @app.post("/slack/events")
    def events() -> Response:
        return handler.handle(request)

    @app.get("/healthz")
    def healthy() -> str:
        return "ok"

    return app


def _hear(ack: Ack) -> None:
    ack()
