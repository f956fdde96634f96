"""How every page looks and what every answer carries: templates, dates in words, headers, pages for what went wrong."""

from collections.abc import Mapping, MutableMapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, current_app, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from programme.calendar import london, month_name
from programme.refusals import NotAllowed, NotFound, Refusal
from web.sent import Asked

HERE = Path(__file__).parent

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ONE_YEAR = 31_536_000

WRONG = {
    400: ("That did not work", "What the page sent could not be read. Go back and try again."),
    404: ("We cannot find that page", "The address may be mistyped, or the page is not one for you."),
    405: ("That did not work", "That page cannot be used that way. Go back and try again."),
    413: ("That was too much", "What was sent is larger than we take. Send less text."),
    429: ("Too many tries", "Wait a few minutes and try again."),
    500: ("Sorry, something went wrong", "Nothing you sent was half taken in. Try again in a few minutes."),
}


UNLESS_SAID: Mapping[str, object] = {
    "errors": MappingProxyType({}),
    "navigation": (),
    "signed_in_as": "",
    "demo_now": None,
    "programme": None,
}
"""What the layout asks of every page, as it is where nobody says otherwise."""


COMPONENTS = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    undefined=ChainableUndefined,
    autoescape=True,
)
"""The Design System's own templates, which ask for parts of parameters that were not given. Ours may not."""


class DesignSystem(BaseLoader):
    """Fetches a component from its own environment; each is compiled once, whatever app asks for it."""

    def load(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja hands it over; a component lives in its own
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002, ARG002 - Jinja's own name
    ) -> Template:
        return COMPONENTS.get_template(name)


def dress(app: Flask) -> None:
    """Give the app its templates, filters, headers, static files and error pages, and its way to read what is sent."""
    app.request_class = Asked
    pages = app.jinja_env
    pages.undefined = StrictUndefined
    pages.autoescape = True
    pages.trim_blocks = pages.lstrip_blocks = True
    blueprints = [pages.loader] if pages.loader else []
    pages.loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), *blueprints, DesignSystem()])
    pages.filters.update(long_date=long_date, short_date=short_date, at_time=at_time, month_name=month_name)
    pages.globals.update(UNLESS_SAID)
    app.add_url_rule("/static/<path:filename>", "static", _static)
    app.after_request(_with_headers)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _went_wrong)
    app.register_error_handler(CSRFError, _open_too_long)
    app.register_error_handler(Exception, _broke)


def long_date(day: date | datetime) -> str:
    """'Friday 13 October 2017', as London sees it."""
    return f"{_day(day):%A %-d %B %Y}"


def short_date(day: date | datetime) -> str:
    """'13 October'."""
    return f"{_day(day):%-d %B}"


def at_time(instant: datetime) -> str:
    """'9:05am on Monday 2 October 2017'; noon and midnight are said in words."""
    there = london(instant)
    said = {"12:00": "noon", "00:00": "midnight"}.get(f"{there:%H:%M}", f"{there:%-I:%M}{there:%p}".lower())
    return f"{said} on {long_date(there)}"


def _day(day: date | datetime) -> date:
    return london(day).date() if isinstance(day, datetime) else day


def _static(filename: str) -> Response:
    return send_from_directory(HERE / "static", filename, max_age=3600)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if current_app.config["PUBLIC_URL"].startswith("https://"):
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    return response


def _refused(refusal: Refusal) -> ResponseReturnValue:
    """A page for a refusal. What somebody may not see looks like what does not exist."""
    if isinstance(refusal, NotFound | NotAllowed):
        return _page(404), 404
    return render_template("errors/wrong.html", heading="That cannot be done now", sentence=refusal.sentence), 409


def _went_wrong(error: HTTPException) -> ResponseReturnValue:
    """Our words for what went wrong; the headers that go with it (Allow, Retry-After) stay as they are."""
    if error.code is None or error.code < 400:  # noqa: PLR2004 - an answer of its own, or a redirect
        return error.get_response()
    code = 404 if error.code == 403 else error.code  # noqa: PLR2004 - forbidden would say that it exists
    answer = Answer(_page(code), code, headers=error.get_headers())
    answer.content_type = "text/html; charset=utf-8"
    return answer


def _open_too_long(_error: CSRFError) -> ResponseReturnValue:
    sentence = "Your page was open too long, or you signed in meanwhile. Go back, load it again and send it once more."
    return render_template("errors/wrong.html", heading="Please send that again", sentence=sentence), 400


def _broke(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("a page broke", exc_info=error)
    return _page(500), 500


def _page(code: int) -> str:
    """The page for a code. From 500 on it asks nothing of the record, which may be what broke."""
    family = 400 if code < 500 else 500  # noqa: PLR2004 - HTTP's own families
    heading, sentence = WRONG.get(code, WRONG[family])
    if family == 400:  # noqa: PLR2004
        return render_template("errors/wrong.html", heading=heading, sentence=sentence)
    return current_app.jinja_env.get_template("errors/wrong.html").render(heading=heading, sentence=sentence)
