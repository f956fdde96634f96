"""Pictures of the chat as its page draws it, for looking at: taken where AUDITLOOP_PICTURES=1 asks for them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from playwright.sync_api import Browser, Page

from demo.chat import ChatWorkspace
from tests.journeys.browser import picture
from tests.journeys.chat import Somebody

ASKED_FOR = os.environ.get("AUDITLOOP_PICTURES") == "1"
WIDTHS = (390, 1280)
HEIGHT = 1500
"""The workspace keeps its messages in a box as high as the window, and shows the newest."""

ONLY_THE_BOT = ".sidebar, .topbar, .channel-header, .composer { display: none !important }"
"""On a phone the workspace's own furniture would leave no room."""


@dataclass
class Gallery:
    """Numbered as they were taken: `07-withdrawn-390.png`."""

    workspace: ChatWorkspace
    browser: Browser
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def modal(self, name: str) -> None:
        """The one modal that is open."""
        self._take(name, None, "")

    def messages(self, somebody: Somebody, name: str) -> None:
        self._take(name, somebody, somebody.member.name)

    def home(self, somebody: Somebody, name: str) -> None:
        self._take(f"home-{name}", somebody, "Auditloop")

    def _take(self, name: str, somebody: Somebody | None, opened: str) -> None:
        if not ASKED_FOR:
            return
        number = next(self.numbers)
        for width in WIDTHS:
            page = self.browser.new_page(viewport={"width": width, "height": HEIGHT if somebody else 800})
            page.goto(self.workspace.address)
            page.locator(".status.ok").wait_for()
            if somebody is not None:
                _open(page, somebody, opened)
            page.add_style_tag(content=ONLY_THE_BOT)
            picture(page, f"{number:02}-{name}-{width}")
            page.close()


def _open(page: Page, somebody: Somebody, name: str) -> None:
    """As one person, what stands at the side under a name."""
    page.add_style_tag(content=".modal-overlay { display: none }")
    page.locator(".actas select").select_option(somebody.member.id)
    page.locator(".sidebar-item").filter(has_text=name).last.click()
    page.locator(".bk-section").first.wait_for()
