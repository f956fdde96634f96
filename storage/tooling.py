"""How a version of the audit tool comes on record, and how one that no month uses goes."""

from collections.abc import Sequence

from programme.facts import Fact
from programme.people import Person
from programme.refusals import Refusal
from programme.tool import AuditTool
from storage import find, journal
from storage.office import Office
from storage.session import Session


def must_have_a_new_name(session: Session, tool: AuditTool) -> None:
    """What is on record is never written over."""
    if find.tools.by_version(session, tool.version):
        msg = f"Version {tool.version} is here already and is not changed. Give the new one another name."
        raise Refusal(msg, field="version")


def keep(session: Session, office: Office, tool: AuditTool, facts: Sequence[Fact], *, by: Person) -> None:
    must_have_a_new_name(session, tool)
    session.add(tool)
    journal.write(session, facts, by=by, at=office.now(session))


def make(session: Session, office: Office, tool: AuditTool, base: AuditTool, *, by: Person) -> None:
    """Keep what was written on a page, beginning with another version."""
    keep(session, office, tool, tool.made_from(base, by=by), by=by)


def remove(session: Session, office: Office, version: str, *, by: Person) -> None:
    """Take away a version that no month uses. Whoever opens a round with it meanwhile comes first, or not at all."""
    tool = find.tools.must_be(session, version, to_change=True)
    facts = tool.remove(find.tools.months_by_version(session).get(version, []), by=by)
    session.delete(tool)
    journal.write(session, facts, by=by, at=office.now(session))
