"""Filling in the built-in form as a browser does: page by page, each button as it stands on its page."""

import re
from collections.abc import Mapping
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forms.parts import Part, parts_of
from tests.cast import Cast
from tests.forms.responses import ANSWERS

RIGHT: dict[str, str] = {**ANSWERS, "core.voice.evidence": "Three visits."}


def without(*names: str, **instead: str) -> dict[str, str]:
    return {name: value for name, value in RIGHT.items() if name not in names} | instead


def address(cast: Cast, page: str = "") -> str:
    return f"/returns/{cast.allocation.token}" + (f"/{page}" if page else "")


def parts(cast: Cast) -> list[Part]:
    return parts_of(cast.tool, cast.allocation.case.plan_type)


def post(client: FlaskClient, cast: Cast, page: str, answers: Mapping[str, str], **button: str) -> TestResponse:
    """Press a button of one page, 'Save and continue' where none is named, with what is typed there."""
    return client.post(address(cast, page), data={"part": page, **answers, **(button or {"go": "next"})})


def fill_in(client: FlaskClient, cast: Cast, answers: Mapping[str, str]) -> None:
    """Every page in order, with those of these answers that it asks for."""
    for part in parts(cast):
        on_it = {name: said for name, said in answers.items() if name.removesuffix(".day") in _names(part)}
        assert post(client, cast, part.name, on_it).status_code == 303


def _names(part: Part) -> set[str]:
    return {*part.fields, *(f"{name}.{each}" for name in part.fields for each in ("month", "year"))}


def send(client: FlaskClient, cast: Cast, button: str = "yes") -> TestResponse:
    """Press Send on the check page."""
    page = client.get(address(cast, "check")).text
    return client.post(address(cast, "check"), data={"checked": sealed(page), "send": button})


def returned(client: FlaskClient, cast: Cast, answers: Mapping[str, str] = RIGHT) -> TestResponse:
    fill_in(client, cast, answers)
    return send(client, cast)


def sealed(page: str) -> str:
    found = re.search(r'name="checked" value="([0-9a-f]+)"', page)
    return found[1] if found else ""


def errors_of(page: str) -> list[str]:
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [unescape(text) for text in re.findall(r'<a href="[^"]*#[^"]+">([^<]+)</a>', summary)]
