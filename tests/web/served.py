"""The pages as a real browser sees them: served on this machine, signed in, and judged by axe."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.journeys.browser import chromium

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the app while the block lasts."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def page_of(app: Flask, client: FlaskClient, *, width: int) -> Iterator[Page]:
    """A page of Chromium, signed in as this client is, in a window so many pixels wide."""
    visit = client.get_cookie("session")
    assert visit is not None
    with served(app) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": width, "height": 800}, base_url=address)
        context.add_cookies([{"name": visit.key, "value": visit.value, "url": address}])
        yield context.new_page()
        context.close()


def faults_of(page: Page) -> list[str]:
    """What axe finds wrong by WCAG 2.2 AA, and whether the page is wider than its window."""
    violations = Axe().run(page, options=RULES).response["violations"]
    found = [f"{each['id']}: {node['target']}" for each in violations for node in each["nodes"]]
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*found, *(["wider than the window"] if wider else [])]
