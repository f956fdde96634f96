"""How outcomes are laid onto their tables."""

from sqlalchemy.orm import relationship

from programme.allocations import Allocation
from programme.examples import Example
from programme.outcomes import Copy, Mended, Outcome, Said
from programme.people import Person
from storage.tables import outcomes
from storage.tables.base import lay
from storage.tables.mapping_people import person_at


def lay_outcomes() -> None:
    said, example = outcomes.outcome_said.c, outcomes.good_example.c
    person = relationship(Person, lazy="joined", innerjoin=True)
    lay(Copy, outcomes.outcome_copy, properties={"person": person})
    lay(
        Said,
        outcomes.outcome_said,
        properties={"person": person_at(said.person_id), "settled_by": person_at(said.settled_by_id)},
    )
    by = relationship(Person, lazy="joined", innerjoin=True)
    lay(Mended, outcomes.agreement_mended, properties={"by": by})
    lay(
        Outcome,
        outcomes.outcome,
        version_id_col=outcomes.outcome.c.version,
        properties={
            "allocation": relationship(Allocation, lazy="raise"),
            "sent_by": relationship(Person, lazy="raise"),
            "copies": relationship(Copy, lazy="raise", order_by=outcomes.outcome_copy.c.id),
            "said": relationship(Said, lazy="raise", order_by=outcomes.outcome_said.c.id),
            "mended": relationship(Mended, lazy="raise", order_by=outcomes.agreement_mended.c.id),
        },
    )
    lay(
        Example,
        outcomes.good_example,
        properties={
            "allocation": relationship(Allocation, lazy="raise"),
            "shared_by": person_at(example.shared_by_id),
            "taken_back_by": person_at(example.taken_back_by_id),
        },
    )
