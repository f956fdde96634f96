"""The worker: the clock (APScheduler) wakes each job of the timetable until it is told to stop."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.post.chat import Chat
from scheduler.post.homes import Homes
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from scheduler.sweeps.alerts import Alarms
from scheduler.sweeps.asking_again import AskingAgain
from scheduler.sweeps.digests import Digests
from scheduler.sweeps.forecast import Forecasts
from scheduler.sweeps.introductions import Introductions, Knocks
from scheduler.sweeps.more_time import MoreTime
from scheduler.sweeps.people import Accounts, LeftBehind
from scheduler.sweeps.reminders import Reminders
from scheduler.sweeps.roll_check import RollChecks
from scheduler.sweeps.sealing import Sealing
from scheduler.sweeps.swaps import EndingSwaps
from scheduler.sweeps.thanks import Thanks
from scheduler.the_day import TheDay
from scheduler.timetable import TIMETABLE
from storage import hearing, heartbeat
from storage.chasing import ACTIONS, AUDITS, MODERATION
from storage.office import Office

log = logging.getLogger(__name__)


class Collects(Protocol):
    """What the worker does of collecting: take up what was left in between, and look into the response sheet."""

    def take_up(self, enough: Callable[[], bool]) -> object: ...
    def poll(self, enough: Callable[[], bool]) -> object: ...


@dataclass(frozen=True)
class Worker:
    office: Office
    chat: Chat
    name: str
    collects: Collects

    def jobs(self, enough: Callable[[], bool] = lambda: False) -> dict[str, Callable[[], object]]:
        """Every job of the timetable by its name; each ends early, between two people, once there is enough."""
        chat = self.chat
        return {
            "take_up": partial(self.collects.take_up, enough),
            "poll": partial(self.collects.poll, enough),
            "deliver": self._postman(enough, of_the_day=False).deliver_until_empty,
            "redraw": Redrawing(self.office, chat.render, chat.redraw, enough, chat.together).sweep,
            "draw_homes": Homes(self.office, chat.draw_home, chat.publish_home, enough).sweep,
            "alarm": Alarms(self.office, enough).sweep,
            "end_swaps": EndingSwaps(self.office, enough).sweep,
            "give_time": MoreTime(self.office, enough).sweep,
            "remind": TheDay(self._of_the_day(enough), self._postman(enough, of_the_day=True)).sweep,
            "foresee": Forecasts(self.office, enough).sweep,
            "hand_on": LeftBehind(self.office, enough).sweep,
            "look_at_accounts": Accounts(self.office, chat.look_up, enough).sweep,
            "who_knocked": Knocks(self.office, chat.look_up, enough).sweep,
            "introduce": Introductions(self.office, chat.find_account, enough).sweep,
            "seal": Sealing(self.office, enough).sweep,
            "beat": self.beat,
        }

    def _of_the_day(self, enough: Callable[[], bool]) -> list[Callable[[], object]]:
        """Whatever makes notices of the day."""
        return [
            Reminders(self.office, AUDITS, enough).sweep,
            Reminders(self.office, ACTIONS, enough).sweep,
            Reminders(self.office, MODERATION, enough).sweep,
            RollChecks(self.office, enough).sweep,
            AskingAgain(self.office, enough).sweep,
            Digests(self.office, enough).sweep,
            Thanks(self.office, enough).sweep,
        ]

    def _postman(self, enough: Callable[[], bool], *, of_the_day: bool | None) -> Postman:
        chat = self.chat
        return Postman(self.office, chat.render, chat.send, self.name, enough, chat.together, of_the_day)

    def deliver_until_empty(self) -> int:
        return self._postman(lambda: False, of_the_day=None).deliver_until_empty()

    def sweep_once(self) -> None:
        """Every job once, in the order of the timetable."""
        jobs = self.jobs()
        for turn in TIMETABLE:
            jobs[turn.job]()

    def beat(self) -> None:
        with self.office.record.writing() as session:
            heartbeat.beat(session, self.name, at=self.office.real_now())
            hearing.forget(session, at=self.office.real_now())

    def run(self, stop: threading.Event) -> None:
        """Do every job at once and then in its turn, until `stop` is set; then finish what is in hand."""
        clock = BackgroundScheduler(timezone="UTC")
        jobs = self.jobs(stop.is_set)
        self.beat()
        for turn in TIMETABLE:
            clock.add_job(
                jobs[turn.job],
                "interval",
                seconds=turn.every_seconds,
                id=turn.job,
                # A job that comes late runs late: nothing is lost because the machine was busy.
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
                next_run_time=self.office.real_now(),
            )
        clock.start()
        log.info("worker at work", extra={"worker": self.name})
        stop.wait()
        clock.shutdown(wait=True)
        log.info("worker done", extra={"worker": self.name})
