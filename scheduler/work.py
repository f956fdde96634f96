"""The worker: the clock (APScheduler) wakes each job of the timetable until it is told to stop."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler

from programme.jobs import Job
from scheduler.post.chat import Chat
from scheduler.post.homes import Homes
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from scheduler.sweeps.alerts import Alarms
from scheduler.sweeps.asking_again import AskingAgain
from scheduler.sweeps.auditor import Auditor
from scheduler.sweeps.checks import Checks
from scheduler.sweeps.closing import ClosingAudits
from scheduler.sweeps.competency import CompetencyWaits
from scheduler.sweeps.digests import Digests
from scheduler.sweeps.forecast import Forecasts
from scheduler.sweeps.forgetting import Forgetting
from scheduler.sweeps.introductions import Introductions, Knocks
from scheduler.sweeps.more_time import MoreTime
from scheduler.sweeps.people import Accounts, LeftBehind
from scheduler.sweeps.reminders import Reminders
from scheduler.sweeps.roll_check import RollChecks
from scheduler.sweeps.sealing import Sealing
from scheduler.sweeps.standing_alerts import StandingAlerts
from scheduler.sweeps.swaps import EndingSwaps
from scheduler.sweeps.thanks import Thanks
from scheduler.sweeps.to_place import ToPlace
from scheduler.the_day import TheDay
from scheduler.timetable import LOOKS_EVERY_SECONDS, TIMETABLE, Turn
from scheduler.turns import InHand, JobsTurn
from scheduler.watch import Watch
from storage import hearing, heartbeat, jobs
from storage.chasing import ACTIONS, AUDITS, CHECKS, MODERATION
from storage.office import Office
from storage.session import Conflict

LEAVES_AFTER_SECONDS = 15.0
"""A host gives a process twenty or thirty. One call of Slack is over by then; a long sheet of Google may not be."""

log = logging.getLogger(__name__)


class Collects(Protocol):
    """What the worker does of collecting: take up what was left in between, and look into the response sheet."""

    def take_up(self, enough: Callable[[], bool]) -> object: ...
    def poll(self, enough: Callable[[], bool]) -> object: ...


@dataclass
class Worker:
    office: Office
    chat: Chat
    name: str
    collects: Collects
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(self.office)

    def jobs(self, enough: Callable[[], bool] = lambda: False) -> dict[str, Callable[[], object]]:
        """Every job of the timetable by its name; each ends early, between two people, once there is enough."""
        chat = self.chat
        return {
            "take_up": partial(self.collects.take_up, enough),
            "poll": partial(self.collects.poll, enough),
            "deliver": self._postman(enough, of_the_day=False).deliver_until_empty,
            "redraw": Redrawing(self.office, chat.render, chat.redraw, enough, self.name, chat.together).sweep,
            "draw_homes": Homes(self.office, chat.draw_home, chat.publish_home, enough).sweep,
            "alarm": Alarms(self.office, enough).sweep,
            "end_swaps": EndingSwaps(self.office, enough).sweep,
            "give_time": MoreTime(self.office, enough).sweep,
            "ask_whose": ToPlace(self.office, enough).sweep,
            "check": Checks(self.office, enough).sweep,
            "close": ClosingAudits(self.office, enough).sweep,
            "remind": TheDay(self._of_the_day(enough), self._postman(enough, of_the_day=True)).sweep,
            "foresee": Forecasts(self.office, enough).sweep,
            "hand_on": LeftBehind(self.office, enough).sweep,
            "look_at_accounts": Accounts(self.office, chat.look_up, enough).sweep,
            "who_knocked": Knocks(self.office, chat.look_up, enough).sweep,
            "introduce": Introductions(self.office, chat.find_account, enough).sweep,
            "seal": Sealing(self.office, enough).sweep,
            "beat": self.beat,
            "audit": Auditor(self.office).sweep,
            "forget": Forgetting(self.office).sweep,
        }

    def _of_the_day(self, enough: Callable[[], bool]) -> list[Callable[[], object]]:
        """Whatever makes notices of the day."""
        return [
            Reminders(self.office, AUDITS, enough).sweep,
            Reminders(self.office, ACTIONS, enough).sweep,
            Reminders(self.office, MODERATION, enough).sweep,
            Reminders(self.office, CHECKS, enough).sweep,
            StandingAlerts(self.office, enough).sweep,
            RollChecks(self.office, enough).sweep,
            AskingAgain(self.office, enough).sweep,
            Digests(self.office, enough).sweep,
            Thanks(self.office, enough).sweep,
            CompetencyWaits(self.office, enough).sweep,
        ]

    def _postman(
        self,
        enough: Callable[[], bool] = lambda: False,
        rest: Callable[[float], object] | None = None,
        *,
        of_the_day: bool | None = None,
    ) -> Postman:
        chat = self.chat
        return Postman(
            self.office, chat.render, chat.send, self.name, enough, chat.probe, rest, chat.together, of_the_day
        )

    def deliver_until_empty(
        self, enough: Callable[[], bool] = lambda: False, rest: Callable[[float], object] | None = None
    ) -> int:
        return self._postman(enough, rest).deliver_until_empty()

    def sweep_once(self) -> None:
        """Every job once, in the order of the timetable, by hand: whatever else is done, and for which period."""
        by_name = self.jobs()
        for turn in TIMETABLE:
            try:
                by_name[turn.job]()
            except Exception:
                log.exception("a job broke", extra={"job": turn.job})

    def beat(self) -> None:
        """Say that this worker is alive, and whether its clock is right."""
        apart = self.watch.look()
        if not self.watch.is_right():
            seconds = round(apart.total_seconds())
            log.error("this machine's clock is wrong, so nothing is done here", extra={"seconds": seconds})
        with self.office.record.writing() as session:
            heartbeat.beat(session, self.name, at=self.office.real_now(), apart=apart)
            hearing.forget(session, at=self.office.real_now())

    def run(self, stop: threading.Event, *, leaves_after_seconds: float = LEAVES_AFTER_SECONDS) -> bool:
        """Do every job and then again in its turn, until `stop` is set; then finish what is in hand, no more.

        Whether all of it was finished. What takes longer is left as a kill would leave it: nothing is lost by that.
        """
        self.beat()
        self._announce()
        clock, in_hand, by_name = BackgroundScheduler(timezone="UTC"), InHand(), self.jobs(lambda: self._enough(stop))
        for turn in TIMETABLE:
            clock.add_job(
                partial(self._take, self._turn(turn, by_name[turn.job]), stop, in_hand),
                "interval",
                seconds=turn.when.wakes_every_seconds,
                id=turn.job,
                # A job that comes late runs late: nothing is lost because the machine was busy.
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
                # By the machine's clock, as the library counts.
                next_run_time=datetime.now(UTC) + timedelta(seconds=turn.when.begins_after_seconds),
            )
        clock.start()
        log.info("worker at work", extra={"worker": self.name})
        while not stop.wait(LOOKS_EVERY_SECONDS):
            wake_after_a_jump(clock)
        clock.shutdown(wait=False)
        finished = in_hand.all_done(within_seconds=leaves_after_seconds)
        log.info("worker done" if finished else "worker leaves what takes too long", extra={"worker": self.name})
        return finished

    def _turn(self, turn: Turn, job: Callable[[], object]) -> JobsTurn:
        return JobsTurn(turn, job, self.office, self.name, self.watch.ticks)

    def _enough(self, stop: threading.Event) -> bool:
        """Told to stop, or the clock has jumped in the midst of a long job."""
        return stop.is_set() or not self.watch.is_right()

    def _take(self, turn: JobsTurn, stop: threading.Event, in_hand: InHand) -> None:
        """By a wrong clock only the beat goes on: it is what looks at the clock again."""
        with in_hand.one_more():
            if not stop.is_set() and (turn.turn.job == "beat" or self.watch.is_right()):
                turn()

    def _announce(self) -> None:
        """Write down which jobs there are, so that one that never runs is missed."""
        at = self.office.real_now()
        with suppress(Conflict), self.office.record.writing() as session:
            jobs.announce(session, [Job(turn.job, turn.purpose, at + turn.when.may_take) for turn in TIMETABLE])


def wake_after_a_jump(clock: BackgroundScheduler) -> None:
    """Where the machine's clock was put back by an hour, the library would let every job wait for that hour."""
    now = datetime.now(UTC)
    for job in clock.get_jobs():
        if job.next_run_time - now > 2 * job.trigger.interval:
            job.modify(next_run_time=now)
