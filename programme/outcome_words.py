"""The words of outcomes: whose copy it is, what somebody says of it, what came of a mistake, and whether it helped."""

from enum import StrEnum


class CopyFor(StrEnum):
    """How somebody who is sent an outcome stands to the audit."""

    AUDITOR = "auditor"
    WORKER = "worker"
    MANAGER = "manager"
    HEAD = "head"


COPY_LABELS = {
    CopyFor.AUDITOR: "Auditor",
    CopyFor.WORKER: "Social worker",
    CopyFor.MANAGER: "Team Manager",
    CopyFor.HEAD: "Head of Service",
}


class SaidKind(StrEnum):
    ANSWER = "answer"
    MISTAKE = "mistake"


class Settled(StrEnum):
    """What the moderators say of a factual mistake: what was agreed stands, or it is mended."""

    STANDS = "stands"
    MENDED = "mended"


class Helped(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


HELPED_LABELS = {Helped.YES: "Yes", Helped.PARTLY: "Partly", Helped.NO: "No"}
