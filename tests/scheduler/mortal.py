"""A worker that dies by SIGKILL at a random step, again and again.

`python -m tests.scheduler.mortal URL FILE SEED KILLS`: each life takes the steps that are due and delivers from the
queue, its clock three minutes further so that the last one's lease has run out. It dies after so many calls of any
function, Python's or C's, as the seed says: in the midst of a step, leasing, drawing, sending, marking or committing.
Lives after the last killing finish the queue. The sender writes the key that each message bears to a file as one line,
and looks up a doubtful one there before it repeats it. How many were killed is printed.
"""

import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from programme.notices import Answer, Letter, Notice, Reply
from programme.policy import Policy
from programme.rulebook import Rulebook
from scheduler.post.postman import Postman
from scheduler.sweeps.reminders import Reminders
from storage import find
from storage.chasing import AUDITS
from storage.session import Record
from tests.scheduler.later import Later

SHORTEST_LIFE, LONGEST_LIFE = 40_000, 200_000
"""Opening the record takes some 60,000 calls, each message some 10,000."""

LAST_LIVES = 50


def live(url: str, sent: Path, number: int, dies_after: int | None) -> bool:
    """One life in a process of its own; whether it was killed."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    if dies_after is not None:
        sys.setprofile(death_after(dies_after))
    office = Later(
        Record(url), Rulebook.of(Policy()), "http://127.0.0.1", demo=True, ahead=timedelta(minutes=3 * number)
    )
    Reminders(office, AUDITS).sweep()
    Postman(office, lambda _session, _notice: Letter("ready"), writing_to(sent), f"life {number}").deliver_until_empty()
    os._exit(0)  # nothing of the parent's is to be closed or flushed twice


def death_after(steps: int) -> Callable[[object, str, object], None]:
    left = steps

    def step(_frame: object, _event: str, _arg: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def writing_to(sent: Path) -> Callable[[Notice, Letter], Reply]:
    def send(notice: Notice, _letter: Letter) -> Reply:
        if not (notice.doubtful and notice.posted_as in sent.read_text().splitlines()):
            with sent.open("a") as file:
                file.write(f"{notice.posted_as}\n")
        return Reply(Answer.OK, channel="file", stamp="1")

    return send


def waiting(url: str) -> int:
    record = Record(url)
    with record.reading() as session:
        n = find.notices.waiting_count(session)
    record.close()
    return n


def main(url: str, file: str, seed: str, kills: str) -> None:
    chance, sent = random.Random(int(seed)), Path(file)
    lives = [chance.randrange(SHORTEST_LIFE, LONGEST_LIFE) for _ in range(int(kills))]
    sys.stdout.write(str(sum(live(url, sent, number, steps) for number, steps in enumerate(lives))))
    for number in range(int(kills), int(kills) + LAST_LIVES):
        live(url, sent, number, None)
        if not waiting(url):
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
