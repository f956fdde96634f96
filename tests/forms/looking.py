"""The form in headless Chromium: the pages served on this machine, and somebody signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext
from werkzeug.serving import make_server


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address under which a real browser finds these pages."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def signed_in(chromium: Browser, client: FlaskClient, address: str, *, width: int) -> BrowserContext:
    """A window as wide as this, in which the person of this client is signed in."""
    context = chromium.new_context(viewport={"width": width, "height": 800})
    cookie = client.get_cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    return context
