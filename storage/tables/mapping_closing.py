"""How what comes after a confirmed action is laid onto its tables."""

from sqlalchemy.orm import relationship

from programme.actions import Action
from programme.allocations import Allocation
from programme.checking import Check
from programme.closing import Closing
from storage.tables import closing
from storage.tables.base import lay
from storage.tables.mapping_people import person_at


def lay_closing() -> None:
    check = closing.action_check
    lay(
        Check,
        check,
        version_id_col=check.c.version,
        properties={
            "action": relationship(Action, lazy="raise"),
            "confirmed_by": person_at(check.c.confirmed_by_id),
            "checker": person_at(check.c.checker_id),
        },
    )
    lay(Closing, closing.audit_closing, properties={"allocation": relationship(Allocation, lazy="raise")})
