"""Looking into the response sheet: what the webhook brought is there already, and what it missed comes in now.

A sheet whose headings are not those of our form is paused whole, with a message that names the columns, and so is one
that cannot be reached. Nothing that was had is forgotten because it stands in the sheet no longer.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from forms import google, intake
from forms.arrived import Arrived
from forms.asking import SheetAway
from forms.headings import Layout, Row, faults_in, layout_of
from forms.sheets import Snapshot
from programme.collection import Sheet
from programme.facts import Fact
from programme.people import Person
from programme.words import Role
from storage import find, journal
from storage.office import Office
from storage.session import Session

BATCH = 100
"""Rows kept in one transaction; between two of them others may write."""

Sent = tuple[datetime | None, str]
"""When and by whom a response was sent: what a row is known by, wherever it has moved to."""

Note = Callable[[Sheet, Session, datetime, Sequence[Person]], list[Fact]]
"""What a look came to, told to the sheet: its facts."""


@dataclass(frozen=True)
class Polled:
    """What one look came to: how many rows it saw and how many were new, or why nothing was taken."""

    rows: int = 0
    new: int = 0
    because: str = ""


@dataclass(frozen=True)
class Poll:
    """`read` reads the sheet; `place` says which one it is."""

    office: Office
    read: Callable[[], Snapshot]
    place: str
    enough: Callable[[], bool] = lambda: False
    """Asked between batches: a worker that is told to stop leaves the rest for the next poll."""

    def once(self) -> Polled:
        """Take in what is new in the sheet. No transaction is open while Google is asked."""
        try:
            snapshot = self.read()
        except SheetAway as away:
            sentence, lost = away.sentence, away.lost
            self._note(lambda sheet, _, at, told: sheet.was_away(sentence, lost=lost, at=at, administrators=told))
            return Polled(because=sentence)
        with self.office.record.reading() as session:
            tools = find.tools.every(session)
        faults = faults_in(snapshot, tools)
        if faults:
            sentence = " ".join(str(fault) for fault in faults)
            self._note(lambda sheet, _, at, told: sheet.cannot_be_read(sentence, at=at, administrators=told))
            return Polled(because=sentence)
        return self._take_in(snapshot, layout_of(snapshot, tools))

    def _take_in(self, snapshot: Snapshot, layout: Layout) -> Polled:
        here: set[Sent] = set()
        new = 0
        for rows in _batches(snapshot.rows):
            if self.enough():
                return Polled(len(snapshot.rows), new)
            arrived = [layout.arrived(cells) for _, cells in rows]
            here |= {(each.submitted_at, each.sender) for each in arrived}
            new += self._keep(arrived)
        self._note(lambda sheet, session, at, told: _was_read(sheet, session, here, at, told))
        return Polled(len(snapshot.rows), new)

    def _keep(self, arrived: Sequence[Arrived]) -> int:
        """Keep the new ones of a batch in one transaction, then settle each in its own."""
        with self.office.record.reading() as session:
            had = find.submissions.known_digests(session, google.SOURCE, [each.digest for each in arrived])
            unseen = [each for each in arrived if each.digest not in had]
        if not unseen:
            return 0
        with self.office.record.writing() as session:
            kept = [intake.keep_of_google(session, self.office, each) for each in unseen]
            refs = [submission.ref for submission, new in kept if new]
        for ref in refs:
            intake.take_up(self.office, ref)
        return len(refs)

    def _note(self, note: Note) -> None:
        with self.office.record.writing() as session:
            at, today = self.office.now(session), self.office.today(session)
            told = find.people.with_role(session, Role.ADMINISTRATOR, on=today)
            journal.write(session, note(find.sheets.at(session, self.place), session, at, told), by=None, at=at)


def _was_read(
    sheet: Sheet, session: Session, here: AbstractSet[Sent], at: datetime, administrators: Sequence[Person]
) -> list[Fact]:
    """All is well. What was sent since the sheet's first response, and stands in it no longer, is counted."""
    times = [sent for sent, _ in here if sent is not None]
    sheet.first_at = min([*times, sheet.first_at] if sheet.first_at else times, default=None)
    since = find.submissions.sent_since(session, google.SOURCE, sheet.first_at) if sheet.first_at else []
    gone = sum(each not in here for each in since)
    return sheet.was_read(gone=gone, at=at, administrators=administrators)


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[first : first + BATCH] for first in range(0, len(rows), BATCH))
