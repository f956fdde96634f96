"""What is held, as chat draws it. What was written, and why exactly it is held, stands on the pages only."""

from datetime import datetime

from bot import names
from bot.views.parts import Block, button, buttons, section
from programme.submissions import Submission
from programme.words import SubmissionState

ALL = "all"
"""What a button says that leads to everything that is held."""

ENDED = {
    SubmissionState.ACCEPTED: "It counts.",
    SubmissionState.SUPERSEDED: "A newer one counts.",
    SubmissionState.DISCARDED: "It does not count.",
}


def to_the_held(ref: str = ALL) -> Block:
    return buttons(f"{names.HELD_BLOCK} {ref}", [button("Look at it", names.LOOK_AT_HELD, ref)])


def to_mend(submission: Submission) -> list[Block]:
    """For who sent it: that it is safe and in time, and what it takes."""
    audit = submission.allocation
    if audit is None:
        return [
            section(
                f"*Received, thank you* ({submission.ref}). It does not say clearly which audit it is.",
                "The administrator looks at it. There is nothing for you to do.",
            )
        ]
    said = f"*{audit.case.ref}*  ({audit.ref})\nReceived, thank you{_in_time(submission, audit.round.cut_off_at)}."
    if not submission.to_mend or not audit.is_open:
        return [section(said, "The administrator looks at it."), to_the_held(submission.ref)]
    return [
        section(said, f"{_answers(len(submission.to_mend))} needed. Everything you wrote is in the form already."),
        buttons(
            f"{names.AUDIT_BLOCK} {submission.ref}", [button("Open the form", names.OPEN_FORM, audit.ref, primary=True)]
        ),
    ]


def to_decide(submission: Submission) -> list[Block]:
    """For who runs the month."""
    audit = submission.allocation
    whose = f"for {audit.ref}" if audit else "that nobody could match"
    many = f"{_answers(len(submission.to_mend))} needed." if submission.to_mend else "It waits for your decision."
    return [section(f"*A return is held* ({submission.ref}), {whose}.", many), to_the_held(submission.ref)]


def settled_line(submission: Submission) -> str:
    audit = f" ({submission.allocation.ref})" if submission.allocation else ""
    return f"*{submission.ref}*{audit}: {ENDED.get(submission.state, 'It is being looked at.')}"


def _in_time(submission: Submission, cut_off: datetime | None) -> str:
    return ", and in time" if cut_off is None or submission.arrived_at <= cut_off else ""


def _answers(many: int) -> str:
    return "One answer is still" if many == 1 else f"{many} answers are still"
