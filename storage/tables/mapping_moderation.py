"""How moderation is laid onto its tables; `mapping` says the rest."""

from sqlalchemy.orm import relationship

from programme.allocations import Allocation
from programme.changed import Changed
from programme.marks import Marked
from programme.moderation import JudgedBlind, Moderation, Reading
from programme.people import Person
from storage.tables import judged, month
from storage.tables.base import lay


def lay_moderation() -> None:
    lay(JudgedBlind, month.judged_blind)
    lay(Changed, judged.changed_judgement)
    lay(Marked, judged.mark)
    lay(
        Reading,
        month.reading,
        properties={
            "moderator": relationship(Person, lazy="joined", innerjoin=True),
            "judgements": relationship(JudgedBlind, lazy="raise", order_by=month.judged_blind.c.id),
        },
    )
    lay(
        Moderation,
        month.moderation,
        version_id_col=month.moderation.c.version,
        properties={
            "allocation": relationship(Allocation, lazy="raise"),
            "readings": relationship(Reading, lazy="raise", order_by=month.reading.c.id),
            "changed": relationship(Changed, lazy="raise", order_by=judged.changed_judgement.c.id),
            "marks": relationship(Marked, lazy="raise", order_by=judged.mark.c.id),
            "agreed_by": relationship(Person, lazy="raise"),
        },
    )
