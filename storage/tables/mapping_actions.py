"""How actions, and what is asked round them, are laid onto their tables."""

from sqlalchemy.orm import relationship

from programme.actions import Action
from programme.allocations import Allocation
from programme.extending import Extension
from programme.looking_again import LookAgain
from programme.passing_on import Passing
from storage.tables import action_steps, returns
from storage.tables.base import lay
from storage.tables.mapping_people import person_at


def lay_actions() -> None:
    action, extension = returns.action, action_steps.extension
    passing, look = action_steps.passing, action_steps.look_again
    lay(
        Action,
        action,
        version_id_col=action.c.version,
        properties={
            "allocation": relationship(Allocation, lazy="raise"),
            "owner": person_at(action.c.owner_id),
            "confirmed_by": person_at(action.c.confirmed_by_id),
            "acknowledged_by": person_at(action.c.acknowledged_by_id),
            "withdrawn_by": person_at(action.c.withdrawn_by_id),
        },
    )
    lay(
        Extension,
        extension,
        properties={
            "action": relationship(Action, lazy="raise"),
            "asked_by": person_at(extension.c.asked_by_id),
            "decided_by": person_at(extension.c.decided_by_id),
        },
    )
    lay(
        Passing,
        passing,
        properties={
            "action": relationship(Action, lazy="raise"),
            "owner": person_at(passing.c.owner_id),
            "named": person_at(passing.c.named_id),
            "asked_by": person_at(passing.c.asked_by_id),
            "decided_by": person_at(passing.c.decided_by_id),
        },
    )
    lay(
        LookAgain,
        look,
        properties={
            "action": relationship(Action, lazy="raise"),
            "asked_by": person_at(look.c.asked_by_id),
            "answered_by": person_at(look.c.answered_by_id),
        },
    )
