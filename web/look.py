"""How every page looks and what every answer carries: templates, dates in words, headers, pages for what went wrong."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from flask import Flask, Response, current_app, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import HTTPException

from programme.calendar import london
from programme.refusals import NotAllowed, NotFound, Refusal

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


def dress(app: Flask) -> None:
    """Give the app its templates, filters, headers, static files and error pages."""
    # The Design System's own templates ask for parts of parameters that were not given.
    app.jinja_env.undefined = ChainableUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.loader = ChoiceLoader(
        [
            FileSystemLoader(HERE / "templates"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            *([app.jinja_env.loader] if app.jinja_env.loader else []),
        ]
    )
    app.jinja_env.filters.update(long_date=long_date, short_date=short_date, at_time=at_time)
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
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    return response


def _refused(refusal: Refusal) -> ResponseReturnValue:
    """A page for a refusal. What somebody may not see looks like what does not exist."""
    if isinstance(refusal, NotFound | NotAllowed):
        return _page(404)
    return render_template("errors/wrong.html", heading="That cannot be done now", sentence=refusal.sentence), 409


def _went_wrong(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:  # noqa: PLR2004 - a redirect is not an error
        return error.get_response()
    return _page(error.code or 500)


def _open_too_long(_error: CSRFError) -> ResponseReturnValue:
    sentence = (
        "The page had been open too long, or you signed in meanwhile. Go back, load it again and send it once more."
    )
    return render_template("errors/wrong.html", heading="Please send that again", sentence=sentence), 400


def _broke(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("a page broke", exc_info=error)
    return _page(500)


def _page(code: int) -> ResponseReturnValue:
    heading, sentence = WRONG.get(code, WRONG[400 if code < 500 else 500])  # noqa: PLR2004 - HTTP's own families
    return render_template("errors/wrong.html", heading=heading, sentence=sentence), code
