"""What may happen to a response sheet in a month, by seeded chance, beside a plain account of what must come of it.

The account is kept by the one thing that is different in each sending: a number that its answers carry. A poll that
could read a sheet with whole headings must have had every row of it then; any other poll must have changed nothing.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from forms.columns import columns
from programme.tool import AuditTool
from tests.forms.responses import ANSWERS, EMAIL, TIMESTAMP, Response, row_of
from tests.twins.sheets import HTML_502, Fault, SheetsTwin
from tests.twins.spreadsheet import Cell, Spreadsheet, Tab

IMPACT = "What difference did the work make for the child?"
STRENGTHS = "What is strong here?"
CASE_REF = "The child's case reference"
STRANGER = "stranger@example.org"
ZEROS_LOST = "1"
"""What a sheet makes of 000001 where nobody told it that this is text."""

FAULTS = (
    *(Fault(status=429), Fault(status=500), Fault(status=502, raw=HTML_502), Fault(status=503)),
    *(Fault(status=503, acts=True), Fault(drop=True), Fault(acts=True, halves=True), Fault(raw=b"<html></html>")),
)

Sent = tuple[str, str]
"""What a submission is known by: its impact, which is different each time, and who sent it."""


@dataclass
class Story:
    """One sheet, what is done to it, and what must have come of it so far."""

    tool: AuditTool
    book: Spreadsheet
    twin: SheetsTwin
    audits: list[tuple[str, str]]
    """Auditor's address and case reference of each audit that is out."""
    deliver: Callable[[Response], None]
    """The script in the form sends a response to the webhook."""
    now: datetime
    chance: Random
    expected: dict[Sent, dict[str, str]] = field(default_factory=dict)
    """What must be on record: its fields as the respondent gave them."""
    sent: dict[Sent, Response] = field(default_factory=dict)
    in_form: dict[str, Response] = field(default_factory=dict)
    """What the form itself holds, by Google's id for it: the newest of each."""
    whole: Tab | None = None
    """The tab as it was before somebody broke its headings."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def tab(self) -> Tab:
        return self.book.tabs[0]

    def happen(self) -> None:
        """One thing, as chance has it. While the headings are broken, nothing else happens but that they are mended."""
        often = [self.send] * 8 + [self.send_again] * 3
        sometimes = [self.retouch, self.delete_rows, self.sort, self.break_headings] * 2
        seldom = [self.send_for_another, self.send_unfinished, self.copy_row, self.insert_rows, self.send_by_script]
        done = self.chance.choice([*often, *sometimes, *seldom, self.shuffle, self.move_column])
        if self.whole is None:
            done()
        elif self.chance.random() < 0.5:
            self.mend_headings()
        self.now += timedelta(minutes=self.chance.randint(1, 90), seconds=self.chance.randint(0, 59))

    # ---- what respondents do ----------------------------------------------------------------------------------

    def send(self) -> None:
        auditor, case_ref = self.chance.choice(self.audits)
        self._append(self._response(auditor, case_ref))

    def send_for_another(self) -> None:
        """A case reference that is somebody else's, or nobody's, or with its zeros lost."""
        auditor, _ = self.chance.choice(self.audits)
        case_ref = self.chance.choice(["MDW-0417", "MDW-9999", ZEROS_LOST, "mdw-1002", "000001 "])
        self._append(self._response(self.chance.choice([auditor, STRANGER]), case_ref))

    def send_unfinished(self) -> None:
        auditor, case_ref = self.chance.choice(self.audits)
        self._append(self._response(auditor, case_ref).with_answers(overall=""))

    def send_again(self) -> None:
        """Google writes what was edited in the form into the same row, with the moment at which it was."""
        if not self.tab.rows:
            return
        row = self._some_row()
        old = self._response_in(row)
        if old is not None:
            new = replace(old, at=self.now, answers=self._answers())
            self.tab.rows[row - 2] = self._placed(new)
            self._remember(new)
            self._by_script(new)

    def send_by_script(self) -> None:
        """The script sends again what it sent before, as when the form is given another sheet."""
        for response in self.chance.choices(list(self.in_form.values()), k=min(3, len(self.in_form))):
            self._deliver(response)

    # ---- what people do in the sheet --------------------------------------------------------------------------

    def retouch(self) -> None:
        """Somebody writes into cells of a row."""
        if not self.tab.rows:
            return
        row = self._some_row()
        old = self._response_in(row)
        if old is not None:
            new = old.with_answers(strengths=self.chance.choice(["Warm.", "Kind.", "Zoë's work 🙂"]), **self._mark())
            self.tab.rows[row - 2] = self._placed(new)
            self._remember(new)

    def copy_row(self) -> None:
        if self.tab.rows:
            self.tab.rows.insert(self._some_row() - 2, list(self.chance.choice(self.tab.rows)))

    def delete_rows(self) -> None:
        if self.tab.rows:
            self.tab.delete_rows(self._some_row(), self.chance.randint(1, 3))

    def insert_rows(self) -> None:
        self.tab.insert_rows(self.chance.randint(2, len(self.tab.rows) + 2), self.chance.randint(1, 20))

    def sort(self) -> None:
        self.tab.sort(self.chance.randint(1, len(self.tab.headings)), falling=self.chance.random() < 0.5)

    def shuffle(self) -> None:
        self.tab.shuffle(self.chance)

    def move_column(self) -> None:
        width = len(self.tab.headings)
        self.tab.move_column(self.chance.randint(1, width), self.chance.randint(1, width))

    def mend_headings(self) -> None:
        if self.whole is not None:
            self.book.tabs[0], self.whole = self.whole, None

    def break_headings(self) -> None:
        self.whole = deepcopy(self.tab)
        column = self.tab.column(self.chance.choice([TIMESTAMP, EMAIL, CASE_REF, IMPACT, STRENGTHS]))
        other = str(self.tab.headings[column % len(self.tab.headings)])
        breaks: list[Callable[[], None]] = [
            lambda: self.tab.rename_column(column, "Something else"),
            lambda: self.tab.rename_column(column, other),
            lambda: self.tab.blank_heading(column),
            lambda: self.tab.duplicate_column(column),
            lambda: self.tab.delete_column(column),
            lambda: self.tab.insert_column(column, "A new question"),
        ]
        self.chance.choice(breaks)()

    # ---- polls ------------------------------------------------------------------------------------------------

    def before_poll(self) -> None:
        """Now and then Google is not well."""
        if self.chance.random() < 0.3:
            call = self.chance.choice(["metadata", "values"])
            self.twin.fail_next(call, *self.chance.choices(FAULTS, k=self.chance.randint(1, 8)))
        self.twin.shared = self.chance.random() > 0.1

    @property
    def is_well(self) -> bool:
        """Whether Google will answer the next poll."""
        return self.twin.shared and not any(self.twin.faults.values())

    def polled(self) -> None:
        """A poll could read the sheet: what stands there must be on record now."""
        for row in range(2, len(self.tab.rows) + 2):
            found = self._response_in(row)
            if found is not None and self.whole is None:
                self._expect(found)

    def end_well(self) -> None:
        """What was broken is mended, and Google is well."""
        self.mend_headings()
        self.twin.shared = True
        self.twin.faults.clear()

    # ---- within -----------------------------------------------------------------------------------------------

    def _answers(self) -> dict[str, str]:
        return {**ANSWERS, **self._mark()}

    def _mark(self) -> dict[str, str]:
        return {"impact": f"Home is calmer ({next(self.numbers)})."}

    def _response(self, auditor: str, case_ref: str) -> Response:
        return Response(self.now, auditor, case_ref, self._answers(), form_id=f"response-{next(self.numbers)}")

    def _append(self, response: Response) -> None:
        self._remember(response)
        self.tab.rows.append(self._placed(response))
        self._by_script(response)

    def _by_script(self, response: Response) -> None:
        """Every second time the script is well.

        What it sends has all its zeros, and knows which of two like hours it was sent in: both have tests of their own.
        """
        if response.case_ref == ZEROS_LOST or response.at.astimezone(ZoneInfo(self.book.time_zone)).fold:
            return
        self.in_form[response.form_id] = response
        if self.chance.random() < 0.5:
            self._deliver(response)

    def _deliver(self, response: Response) -> None:
        self.deliver(response)
        self._expect(response)

    def _expect(self, response: Response) -> None:
        self.expected[_known_by(response)] = {"case_ref": response.case_ref, **response.answers}

    def _remember(self, response: Response) -> None:
        self.sent[_known_by(response)] = response

    def _placed(self, response: Response) -> list[Cell]:
        """In the order in which the columns stand now."""
        titles = [TIMESTAMP, EMAIL, *(column.title for column in columns(self.tool))]
        cells = dict(zip(titles, row_of(response, self.tool, self.book.time_zone), strict=True))
        if response.case_ref == ZEROS_LOST:
            cells[CASE_REF] = int(ZEROS_LOST)
        return [cells[str(title)] for title in self.tab.headings]

    def _some_row(self) -> int:
        return self.chance.randint(2, len(self.tab.rows) + 1)

    def _response_in(self, row: int) -> Response | None:
        cells = self.tab.rows[row - 2]
        told = dict(zip(map(str, self.tab.headings), cells, strict=False))
        if self.whole is not None or not told.get(IMPACT):
            return None
        return self.sent[str(told[IMPACT]), str(told[EMAIL])]


def _known_by(response: Response) -> Sent:
    return response.answers["impact"], response.respondent
