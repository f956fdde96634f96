"""`flask actions …`: what is to be done for children, as far as the host may list it: references, owners and days."""

from collections.abc import Sequence

from commands.speaking import AS_JSON, Group, listed
from commands.tools import office
from programme.actions import Action
from storage import find

actions = Group("actions", help="What audits ask to be done for children.")


@actions.command("list")
@AS_JSON
def list_actions(*, as_json: bool) -> None:
    """Those still to do, the soonest first."""
    with office().record.reading() as session:
        rows = _rows(find.actions.every(session, still_open=True))
    listed(rows, as_json=as_json, empty="There is no action to do.")


@actions.command("overdue")
@AS_JSON
def overdue(*, as_json: bool) -> None:
    """Those whose day is past."""
    with office().record.reading() as session:
        now = office().now(session)
        every = find.actions.every(session, still_open=True)
        rows = _rows([action for action in every if action.is_overdue(at=now)])
    listed(rows, as_json=as_json, empty="No action is overdue.")


def _rows(actions: Sequence[Action]) -> list[dict[str, object]]:
    return [
        {
            "ref": action.ref,
            "case": action.allocation.case.ref,
            "priority": action.priority.value,
            "owner": action.owner.email,
            "due": action.due_on,
        }
        for action in actions
    ]
