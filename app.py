"""The front hall: builds every part and hands each what it needs. Nothing imports this."""

import logging
import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, g, request
from flask.cli import ScriptInfo
from flask_wtf import CSRFProtect
from pydantic import ValidationError
from werkzeug.middleware.proxy_fix import ProxyFix

import commands
import logs
from bot.app import Bot, SlackAccount
from commands.tools import Tools
from demo.load import load_borough
from forms import files, frame_sheet, held, script, webhook
from forms import pages as form_pages
from forms.bulk import Returns
from forms.collecting import Collecting
from forms.poll import Poll
from forms.sheets import ResponseSheet, SheetAway, SheetPlace
from programme.refusals import Refusal
from programme.rows import Row, Table
from programme.rulebook import Rulebook
from scheduler.post.chat import Chat
from scheduler.post.console import Console, PrintedMail
from scheduler.post.email import Email, client
from scheduler.post.ways import Ways
from scheduler.work import Worker
from settings import Settings
from storage import clock, migrate
from storage.office import Office
from storage.session import Record
from web import look, routes, sign_in

LARGEST_BODY = 512 * 1024

log = logging.getLogger("app")


def create_app() -> Flask:
    """The app as gunicorn and `flask` start it: settings from the environment, logs as JSON."""
    logs.begin()
    try:
        return build(read_settings())
    except Refusal as refusal:
        log.error("%s", refusal.sentence)  # noqa: TRY400 - the sentence is all
        raise SystemExit(1) from None


def read_settings() -> Settings:
    """The settings, or a plain sentence for each that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"]).upper() or "Settings"
            log.error("%s: %s", where, fault["msg"].removeprefix("Value error, "))  # noqa: TRY400 - the sentence is all
        raise SystemExit(1) from None


def build(settings: Settings) -> Flask:
    """One app from one set of settings; tests call this."""
    app = Flask("auditloop", static_folder=None)
    _configure(app, settings)
    office = open_office(settings)
    _keep_demos_from_real_people(office)
    slack = Bot(office, slack_account(settings))
    csrf = CSRFProtect(app)
    look.dress(app)
    token = settings.metrics_token.get_secret_value()
    for blueprint in routes.routes(
        office, lambda: migrate.at_head(settings.database_url), read_sent_table, slack.render, token
    ):
        app.register_blueprint(blueprint)
    app.register_blueprint(form_pages.routes(office, lambda session: sign_in.signed_in_at_the_form(session, office)))
    app.register_blueprint(held.routes(office, lambda session: sign_in.signed_in_at_the_form(session, office)))
    if settings.forms_secrets:
        returns = webhook.routes(office, settings.forms_secrets)
        csrf.exempt(returns)  # the script in the form signs what it sends
        app.register_blueprint(returns)
    if settings.has_slack:
        events = slack.routes()
        csrf.exempt(events)  # Slack signs what it sends
        app.register_blueprint(events)
    _log_requests(app)
    commands.register(app, _tools(app, settings, office, slack))
    return app


def open_office(settings: Settings) -> Office:
    return Office(
        record=Record(settings.database_url),
        rules=Rulebook.of(settings.policy()),
        address=settings.address,
        demo=settings.demo,
        has_email=settings.has_notify or _prints_mail(settings),
    )


def _keep_demos_from_real_people(office: Office) -> None:
    if office.demo and clock.holds_strangers(office.record):
        office.record.close()
        msg = "DEMO is on, but this database holds people whom the demo did not bring. Unset DEMO, or use another one."
        raise Refusal(msg)


def slack_account(settings: Settings) -> SlackAccount:
    return SlackAccount(
        bot_token=settings.slack_bot_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        team_id=settings.slack_team_id,
        api_url=settings.slack_api_url,
    )


def response_sheet(settings: Settings) -> ResponseSheet | None:
    """The sheet that a Google Form writes to, where one is named. Nothing is asked of it yet."""
    if not settings.google_service_account_file or not settings.has_sheet:
        return None
    key, tab = settings.google_sheet_key, settings.google_worksheet
    return ResponseSheet(SheetPlace(settings.google_service_account_file, key, tab, settings.sheets_api_url))


def mail(office: Office, settings: Settings) -> Email | None:
    """E-mail by GOV.UK Notify, where it is set up. Only a demo prints it instead: elsewhere nobody would read it."""
    if settings.has_notify:
        notify = client(settings.notify_api_key.get_secret_value(), settings.notify_api_url)
        return Email(office, notify, settings.notify_template_id)
    return Email(office, PrintedMail(), "") if _prints_mail(settings) else None


def _prints_mail(settings: Settings) -> bool:
    return settings.demo and settings.has_slack


def _poll(office: Office, settings: Settings, sheet: ResponseSheet | None) -> Poll | None:
    place = f"{settings.google_sheet_key} {settings.google_worksheet}".strip()
    return Poll(office, sheet.read, place) if sheet else None


@dataclass(frozen=True)
class Signalled:
    """The worker, run until the host tells the process to stop."""

    worker: Worker

    def deliver_until_empty(self) -> int:
        return self.worker.deliver_until_empty(rest=time.sleep)

    def sweep_once(self) -> None:
        self.worker.sweep_once()

    def run_until_told(self) -> None:
        stop = threading.Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: stop.set())
        if not self.worker.run(stop):
            os._exit(0)  # a thread that still waits for an answer would keep the process from ending


def _tools(app: Flask, settings: Settings, office: Office, slack: Bot) -> Tools:
    def worker() -> Signalled:
        chat: Chat = slack if settings.has_slack else Console(slack.render)
        ways = Ways(chat, mail(office, settings), has_slack=settings.has_slack)
        name = f"{os.uname().nodename}:{os.getpid()}"
        collect = Collecting(office, _poll(office, settings, sheet))
        return Signalled(Worker(office, ways, name, collect))

    sheet = response_sheet(settings)

    def run_command(*words: str) -> None:
        if app.cli.main(list(words), obj=ScriptInfo(create_app=lambda: app), standalone_mode=False):
            raise Refusal(f"This command did not work: flask {' '.join(words)}")

    return Tools(
        office=office,
        settings=settings,
        read_table=_read_table,
        read_sheet=lambda key, tab: _read_sheet(settings, key, tab),
        render=slack.render,
        worker=worker,
        run_socket=slack.run_socket,
        account_state=slack.account_state,
        form_script=script.script,
        take_form_map=script.take_map,
        returns=Returns(office, _poll(office, settings, sheet)),
        sheet_state=lambda: sheet.state() if sheet else "",
        email_state=lambda: email.state() if (email := mail(office, settings)) else "",
        load_demo=lambda: load_borough(run_command, office),
    )


def read_sent_table(name: str, content: bytes) -> Table:
    return _table(files.read_sent(name, content))


def _read_table(path: Path) -> Table:
    return _table(files.read_rows(path))


def _read_sheet(settings: Settings, key: str, tab: str) -> Table:
    if not settings.google_service_account_file:
        msg = "No key for Google is named. Set GOOGLE_SERVICE_ACCOUNT_FILE, and let that account read the sheet."
        raise Refusal(msg)
    place = SheetPlace(settings.google_service_account_file, key, tab, settings.sheets_api_url)
    try:
        return _table(frame_sheet.rows_of(ResponseSheet(place).read()))
    except SheetAway as away:
        raise Refusal(away.sentence) from away


def _table(rows: files.Rows) -> Table:
    return Table(rows.headings, [Row(number, cells) for number, cells in rows.rows])


def _configure(app: Flask, settings: Settings) -> None:
    secure = settings.is_https
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        PUBLIC_URL=settings.address,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        SESSION_COOKIE_NAME="__Host-auditloop" if secure else "auditloop",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        # It asks for a Referer, which our pages tell browsers never to send; web.routes looks at Sec-Fetch-Site.
        WTF_CSRF_SSL_STRICT=False,
    )
    if secure:
        # One proxy in front of us ends TLS and says where the request came from.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]


def _log_requests(app: Flask) -> None:
    """One line a request: the route as it is declared, never the address, which may hold a secret."""

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def say(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        ms = round((time.monotonic() - g.get("began", time.monotonic())) * 1000)
        said = {"method": request.method, "route": route, "status": response.status_code, "ms": ms}
        log.info("request", extra=said)
        return response
