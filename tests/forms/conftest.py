"""The form's tests use the pages' app and browsers."""

from tests.web.conftest import app, browser, nobody

__all__ = ["app", "browser", "nobody"]
