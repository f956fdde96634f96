"""The chain over the history goes on, or is looked at from its first seal to its last."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from programme import sealing
from programme.sealing import Entry, Head, Verdict
from storage import find, tables


def seal(session: Session, entries: Sequence[Entry]) -> bool:
    """Seal these, but for those that were sealed meanwhile. A `Conflict` when another worker does so at this moment."""
    done = find.history.sealed_of(session, [each.number for each in entries])
    seals = sealing.sealed((each for each in entries if each.number not in done), after=find.history.head(session))
    if seals:
        rows = [{"place": each.place, "history_id": each.number, "digest": each.digest} for each in seals]
        session.execute(insert(tables.seal), rows)
    return bool(seals)


def verify(session: Session, *, noted: Head | None = None) -> Verdict:
    waiting = find.history.unsealed(session).many
    return sealing.verify(find.history.chain(session), waiting=waiting, noted=noted)
