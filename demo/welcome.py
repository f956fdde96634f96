"""What the demo says when it is ready: where everything is, whom to be, and five things to try."""

from collections.abc import Iterable
from datetime import datetime

from programme.calendar import london

MONTH_PAGE = "/rounds/2017-10"
NEXT_DAY = ".venv/bin/flask -e .demo/.env demo next-day"

WHOM_TO_BE = (
    ("Niamh Gallogly", "an auditor with one record to read"),
    ("Odette Marchbanks", "the administrator, who runs the month"),
    ("Yewande Balogun-Reid", "a Team Manager with an urgent action"),
    ("Gethin Prosser", "a Head of Service"),
    ("Jomo Whitcombe", "an outsider, who sees nothing of it"),
)

BOARD = "On the pages as Odette: {pages}" + MONTH_PAGE + " shows 20 of the 30 wanted, who has what, and what came back."
LET_A_DAY_PASS = "Press Next working day at the top of any page, or: " + NEXT_DAY

THINGS_TO_TRY = (
    "In chat, act as Niamh (top right), open her direct message, press Open the form, and send the audit back.",
    "In chat, act as Odette and type /audit round: give out the six that wait, and see their messages come.",
    BOARD,
    "In chat, act as Yewande: read what is urgent. Then as Jomo: /audit round is not for him, nor is the page.",
    LET_A_DAY_PASS,
)

WITHOUT_CHAT = (
    "Choose to be Niamh at {pages}/demo, and send her audit back.",
    "Choose to be Odette, and give out the six that wait at {pages}" + MONTH_PAGE,
    BOARD,
    "Choose to be Jomo: the same page is not for him.",
    LET_A_DAY_PASS,
)


def welcome(now: datetime, pages: str, chat: str | None) -> str:
    """All of it as text for the terminal. `chat` is None where there is no chat workspace."""
    where = [("Chat", chat or "not here: the pages work without it"), ("Pages", f"{pages}/demo (choose who you are)")]
    tries = THINGS_TO_TRY if chat else WITHOUT_CHAT
    return "\n".join(
        [
            "",
            f"It is {london(now):%A %-d %B %Y, %H:%M}, in the London Borough of Fernleigh, which does not exist.",
            "",
            *_in_columns(where),
            "",
            "Whom to be",
            *_in_columns(WHOM_TO_BE),
            "",
            "Five things to try",
            *(f"  {number}. {each.format(pages=pages)}" for number, each in enumerate(tries, start=1)),
            "",
            "Ctrl-C stops all of it. Logs are in .demo/",
        ]
    )


def _in_columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {first:<21} {second}" for first, second in rows]
