"""What the command line is handed by the front hall, so that it need not know the other doors."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from flask import current_app

from programme.facts import Fact
from programme.notices import Dropped, Letter, Notice
from programme.rows import Table
from programme.tool import AuditTool
from settings import Settings
from storage.office import Office
from storage.session import Session


class Works(Protocol):
    """The worker, as far as a command needs it."""

    def deliver_until_empty(self) -> int: ...
    def sweep_once(self) -> None: ...
    def run_until_told(self) -> None: ...


class ReturnsIn(Protocol):
    """What comes in, as far as a command needs it."""

    def import_rows(self, table: Table, email: str, *, dry_run: bool, progress: Callable[[int, int], None]) -> str: ...
    def poll(self) -> str: ...


@dataclass(frozen=True)
class Tools:
    office: Office
    settings: Settings
    read_table: Callable[[Path], Table]
    read_sheet: Callable[[str, str], Table]
    """A tab of a Google sheet, by the sheet's key and the tab's name; the first tab where that is empty."""
    render: Callable[[Session, Notice], Letter | Dropped]
    worker: Callable[[], Works]
    run_socket: Callable[[], None]
    account_state: Callable[[], str]
    """Empty when Slack knows us; otherwise what is wrong and what to do."""
    returns: ReturnsIn
    form_script: Callable[[AuditTool, str], str]
    take_form_map: Callable[[AuditTool, object], list[Fact]]
    sheet_state: Callable[[], str]
    """Empty when the response sheet can be read; otherwise what is wrong and what to do."""
    email_state: Callable[[], str]
    """Empty when GOV.UK Notify knows us and our template; otherwise what is wrong and what to do."""
    load_demo: Callable[[], None]


def tools() -> Tools:
    handed: Tools = current_app.extensions["auditloop"]
    return handed


def office() -> Office:
    return tools().office
