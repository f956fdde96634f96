"""How competency and learning are laid onto their tables."""

from sqlalchemy.orm import relationship

from programme.allocations import Allocation
from programme.competency import Candidacy, Evaluation
from programme.learning import Learnt
from programme.profile import ProfileAnswer
from programme.standing import CompetencyHeld
from storage.tables import competency
from storage.tables.base import lay
from storage.tables.mapping_people import person_at


def lay_competency() -> None:
    held, candidacy, evaluation = competency.competency_held.c, competency.candidacy.c, competency.evaluation.c
    lay(
        CompetencyHeld,
        competency.competency_held,
        properties={"person": person_at(held.person_id), "by": person_at(held.by_id)},
    )
    lay(
        Evaluation,
        competency.evaluation,
        properties={"evaluator": person_at(evaluation.evaluator_id)},
    )
    lay(
        Candidacy,
        competency.candidacy,
        version_id_col=candidacy.version,
        properties={
            "person": person_at(candidacy.person_id),
            "opened_by": person_at(candidacy.opened_by_id),
            "ended_by": person_at(candidacy.ended_by_id),
            "evaluations": relationship(Evaluation, lazy="raise", order_by=evaluation.id, cascade="all, delete-orphan"),
        },
    )
    lay(
        Learnt,
        competency.learnt,
        properties={
            "person": person_at(competency.learnt.c.person_id),
            "allocation": relationship(Allocation, lazy="raise"),
        },
    )
    lay(
        ProfileAnswer,
        competency.profile_answer,
        properties={"person": person_at(competency.profile_answer.c.person_id)},
    )
