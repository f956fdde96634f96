"""The month's report in a few lines, each percentage with its n of N."""

from collections.abc import Mapping
from typing import Any

from programme.figures import SMALL


def glance_lines(name: str, said: Mapping[str, Any]) -> list[str]:
    account, not_yet_good = said["account"], said["not_yet_good"]
    came = {"n": said["returned"], "of": account["given_out"], "percent": said["rates"]["return"]}
    return [
        f"*{name} at a glance* ({said['status']})",
        f"Returned {_share(came)}; {account['returned_late']} of them late.",
        f"Moderated {said['moderated']} of {account['returned_in_time']} returned in time.",
        f"Not yet good {_share(not_yet_good)}.",
    ]


def _share(of: Mapping[str, Any]) -> str:
    """Of fewer than ten it says so, as the page does: their percentage says little."""
    if of["percent"] is None:
        return f"{of['n']} of {of['of']}"
    small = " (small numbers)" if of["of"] < SMALL else ""
    return f"{of['n']} of {of['of']}, {of['percent']}%{small}"
