"""`python -m demo [--reset]`: the fictional borough on this machine, with its pages, its worker and its chat.

It stays until Ctrl-C, and then nothing that it started is left. Started again, all is as it was.
"""

import argparse
import signal
import sys
from types import FrameType

from demo.home import HOUSE, Home
from demo.processes import Died
from demo.town import Town
from programme.refusals import Refusal

STOPS_US = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m demo", description="Start the fictional borough.")
    options.add_argument("--reset", action="store_true", help="forget everything that was tried, and load it afresh")
    for each in STOPS_US:
        signal.signal(each, _asked_to_stop)
    home = Home(HOUSE / ".demo")
    try:
        with home.to_ourselves():
            _run(home, reset=options.parse_args().reset)
    except KeyboardInterrupt:
        print("Stopped. To go on from here: make demo. To start afresh: make demo-reset", flush=True)
        return 0
    except (Refusal, Died) as why:
        print(why, file=sys.stderr, flush=True)
    return 1


def _run(home: Home, *, reset: bool) -> None:
    if reset:
        home.forget()
    town = Town(home)
    try:
        town.start()
        print(town.welcome(), flush=True)
        town.watch()
    finally:
        _let_nothing_disturb()
        town.stop()


def _asked_to_stop(_number: int, _frame: FrameType | None) -> None:
    _let_nothing_disturb()
    print("\nStopping…", flush=True)
    raise KeyboardInterrupt


def _let_nothing_disturb() -> None:
    """What stops the demo is not stopped in its turn: it ends by itself within seconds."""
    for each in STOPS_US:
        signal.signal(each, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
