"""Finders: selects that read aloud, each scoped to what a decision or a page needs."""

from storage.find import (
    actions,
    alerts,
    allocations,
    cases,
    chasing,
    figures,
    moderations,
    notices,
    people,
    reports,
    rounds,
    submissions,
    swaps,
    tools,
    turns,
    visits,
)

__all__ = [
    "actions",
    "alerts",
    "allocations",
    "cases",
    "chasing",
    "figures",
    "moderations",
    "notices",
    "people",
    "reports",
    "rounds",
    "submissions",
    "swaps",
    "tools",
    "turns",
    "visits",
]
