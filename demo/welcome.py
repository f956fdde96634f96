"""What the demo says when it is ready: where everything is, whom to be, and five things to try."""

from collections.abc import Iterable
from datetime import datetime

from programme.calendar import london

MONTH_PAGE = "/rounds/2017-10"
REPORT_PAGE = "/reports/2017-10"
NEXT_DAY = ".venv/bin/flask -e .demo/.env demo next-day"

WHOM_TO_BE = (
    ("Niamh Gallogly", "an auditor who has asked to swap"),
    ("Priyanka Deshmukh", "the peer she has asked"),
    ("Odette Marchbanks", "the administrator, who runs the month"),
    ("Yewande Balogun-Reid", "a Team Manager with actions, one of them late"),
    ("Gethin Prosser", "a Head of Service"),
    ("Bronagh Tierney", "the Head of Quality, who issues the report"),
    ("Jomo Whitcombe", "an outsider, who sees nothing of it"),
)

LET_A_DAY_PASS = (
    "Press Next working day at the top of any page, or: " + NEXT_DAY + "\n     Within seconds those who are late are"
    " reminded; on Tuesday their Heads of Service are told."
)
THE_MONTH = (
    "On the pages as Odette: {pages}" + MONTH_PAGE + " is the board. From Friday 20 October name the moderators there;"
    "\n     {pages}" + REPORT_PAGE + " is the month at a glance, to be drafted, signed off and issued."
)

THINGS_TO_TRY = (
    "In chat, act as Priyanka (top right), open her direct message and press Accept. Then look at Niamh's.",
    "In chat, act as Odette: /audit round gives out the two that wait, /audit chase says who is late.",
    "In chat, act as Yewande and press Confirm complete on what was due last week.",
    LET_A_DAY_PASS,
    THE_MONTH,
)

IN_THIS_CHAT = (
    "In this small workspace buttons inside a window do nothing; in Slack they work. Type /audit, or use {pages}/swaps."
)

WITHOUT_CHAT = (
    "Choose to be Niamh at {pages}/demo, and send her audit back.",
    "Choose to be Odette, and give out the two that wait at {pages}" + MONTH_PAGE,
    "Choose to be Yewande, and confirm what was due last week at {pages}/actions",
    LET_A_DAY_PASS,
    THE_MONTH,
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
            *([IN_THIS_CHAT.format(pages=pages), ""] if chat else []),
            "Ctrl-C stops all of it. Logs are in .demo/",
        ]
    )


def _in_columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {first:<21} {second}" for first, second in rows]
