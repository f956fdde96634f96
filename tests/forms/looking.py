"""The form in headless Chromium: a window of some width in which somebody is signed in."""

from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext


def signed_in(chromium: Browser, client: FlaskClient, address: str, *, width: int) -> BrowserContext:
    """A window as wide as this, in which the person of this client is signed in."""
    context = chromium.new_context(viewport={"width": width, "height": 800})
    cookie = client.get_cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    return context
