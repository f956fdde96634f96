"""A process that dies by SIGKILL when it has kept a return and before it settles it.

`python -m tests.forms.dying URL ADDRESS CASE`
"""

import os
import signal
import sys

from forms import intake
from forms.arrived import Arrived
from programme.policy import Policy
from programme.rulebook import Rulebook
from storage.office import Office
from storage.session import Record
from tests.forms.responses import ANSWERS


def main(url: str, respondent: str, case_ref: str) -> None:
    office = Office(Record(url), Rulebook.of(Policy()), "http://127.0.0.1", demo=True)
    with office.record.writing() as session:
        intake.keep(session, office, Arrived("google", case_ref, {**ANSWERS, "case_ref": case_ref}, respondent))
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
