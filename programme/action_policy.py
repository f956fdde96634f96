"""The numbers by which an action moves: how far its owner may move the date, and how long who was named has."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionStepRules:
    """In working days: how far beyond its date an owner may move it once by themselves; and after how many who leads
    the owner is asked whose an action is that nobody has accepted.
    """

    own_extension: int = 10
    accepted_within: int = 1
