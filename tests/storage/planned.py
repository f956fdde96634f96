"""A row of everything that planning a month leaves on record."""

from datetime import date

from programme.beforehand import Beforehand
from programme.forecast import ForecastKept
from programme.partners import PartnerTotal
from programme.people import Service
from programme.roll_check import RollCheck
from programme.sampling import Sample
from programme.steering import Steer
from programme.ties import Conflict, Deputy, KeptApart, Posting
from programme.vacancies import Vacancy
from programme.words import SteerKind
from storage import find
from storage.session import Session
from tests.cast import MONTH, NOW, Cast, here

DAY, LATER = date(2017, 10, 2), date(2017, 10, 31)


def plan(session: Session, cast: Cast) -> None:
    auditor, peer = here(session, cast.auditor), here(session, cast.peer)
    runs = here(session, cast.administrator)
    entry = find.cases.frame(session, MONTH)[0]
    worker, head = here(session, cast.social_worker), here(session, cast.head_of_service)
    first, second = sorted((auditor, peer), key=lambda who: who.id or 0)
    assert auditor.team is not None
    service: Service = auditor.team.service
    session.add_all(
        [
            Posting(auditor, auditor.team, DAY, LATER),
            Conflict(auditor, DAY, team=auditor.team),
            KeptApart(first, second),
            Deputy(auditor, peer, DAY, LATER),
            Vacancy(peer, DAY, service=service),
            RollCheck(MONTH, service, head, NOW),
            Sample(MONTH, 1710, 2, DAY, {"records": [{"ref": entry.case.ref}]}, "0" * 64, runs),
            Beforehand(entry, worker, NOW, "The visits.", "Two moves.", "The mother."),
            PartnerTotal(MONTH, "Youth Justice", 4, runs),
            Steer(MONTH, entry.case, peer, SteerKind.PINNED, runs),
            ForecastKept(MONTH, DAY, 30, 20, 14, 17, 19),
        ]
    )
