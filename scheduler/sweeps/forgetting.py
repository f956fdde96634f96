"""What need not be known any longer is forgotten, once a night."""

from dataclasses import dataclass

from storage import aside, heartbeat, jobs
from storage.office import Office


@dataclass(frozen=True)
class Forgetting:
    office: Office

    def sweep(self) -> None:
        at = self.office.real_now()
        for forget in (jobs.forget, heartbeat.forget, aside.forget):
            with self.office.record.writing() as session:
                forget(session, at=at)
