"""`flask swap …`: who asked whom, and what came of it."""

from commands.speaking import AS_JSON, Group, listed
from commands.tools import office
from storage import find

swap = Group("swap", help="Swaps between two auditors.")


@swap.command("list")
@AS_JSON
def list_swaps(*, as_json: bool) -> None:
    """Every swap, the newest first, with what each who was asked has said."""
    with office().record.reading() as session:
        rows = [
            {
                "ref": each.ref,
                "audit": each.allocation.ref,
                "asker": each.asker.email,
                "kind": each.kind.value,
                "asked_of": {offer.peer.email: offer.state.value for offer in each.offers},
                "taker": each.taker.email if each.taker else "",
                "state": each.state.value,
                "asked": each.asked_at,
                "ends": each.ends_at,
                "settled": each.settled_at,
                "settled_by": each.settled_by.email if each.settled_by else "",
            }
            for each in find.swaps.every(session)
        ]
    listed(rows, as_json=as_json, empty="Nobody has asked to swap yet.")
