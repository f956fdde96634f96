"""How moderation is laid onto its tables; `mapping` says the rest."""

from sqlalchemy.orm import relationship

from programme.actions import Action
from programme.allocations import Allocation
from programme.changed import Changed
from programme.marks import Marked
from programme.moderation import JudgedBlind, Moderation, ReadBefore, Reading
from programme.people import Person
from programme.sending_back import SentBack
from programme.settling import ActionWas
from storage.tables import judged, month
from storage.tables.base import lay


def lay_moderation() -> None:
    lay(JudgedBlind, month.judged_blind)
    lay(Changed, judged.changed_judgement)
    lay(Marked, judged.mark)
    lay(ReadBefore, judged.read_before)
    lay(SentBack, judged.sent_back, properties={"by": relationship(Person, lazy="joined", innerjoin=True)})
    lay(
        ActionWas,
        judged.action_was,
        properties={
            "action": relationship(Action, lazy="raise"),
            "by": relationship(Person, lazy="joined", innerjoin=True),
        },
    )
    lay(
        Reading,
        month.reading,
        properties={
            "moderator": relationship(Person, lazy="joined", innerjoin=True),
            "judgements": relationship(JudgedBlind, lazy="raise", order_by=month.judged_blind.c.id),
            "before": relationship(ReadBefore, lazy="raise", order_by=judged.read_before.c.id),
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
            "sent_back": relationship(SentBack, lazy="raise", order_by=judged.sent_back.c.id),
            "disputed_by": relationship(Person, lazy="raise", foreign_keys=month.moderation.c.disputed_by_id),
            "agreed_by": relationship(Person, lazy="raise", foreign_keys=month.moderation.c.agreed_by_id),
        },
    )
