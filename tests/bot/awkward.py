"""What people may have written, at its most awkward; and how to see whether any of it came alive."""

import random
import re
from itertools import product
from typing import Any

ALPHABETS = [
    "abcdefg hij klm",
    "&",
    "<>&\"'",
    "*_~` >|",
    "\n\r\t \u2028\u00a0",
    "👩\u200d👩\u200d👧🏽🇬🇧😀",
    "e\u0301o\u0308u\u0327\u0489",
    "שלום مرحبا\u200f",
    "\u202e\u2066\u2069\x00\x07",
    "漢字かな",
]

LIVE = [
    *("<!channel>", "<!here>", "<!everyone>", "<!subteam^S1>", "<!date^1506938400^{date}|soon>", "<@UASHA>", "<#C1>"),
    *("<https://evil.example|click>", "<mailto:a@evil.example|write>", "<slack://open>", "https://evil.example/x"),
    *("www.evil.example", "a@evil.example", "@channel", "@here", "#general", "*bold*", "_slanted_", "~struck~"),
    *("`code`", "```code```", "> quoted", "&gt; quoted", "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "• item"),
    *("\u202ednuora", "a\x00b", "one\ntwo", "*<!here>*"),
]
AROUND = ["{}", " {}", "{} ", "a {} b", "({})", "\n{}", "*{}", "{}*", "&{};", "\u2066{}"]
PAYLOADS = [around.format(live) for live, around in product(LIVE, AROUND)]

HARMLESS = "Xaver"

MEANS_SOMETHING = re.compile(r"[*_~`<>\n]|(?<=^)&gt;|(?<=\n)&gt;")
TURNS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


LONGEST = 5_000
WRITTEN = [(each * LONGEST)[:LONGEST] for each in (*ALPHABETS, *PAYLOADS)]


def words(chance: random.Random, most: int) -> str:
    """Nothing, a letter, or a good deal, up to the most that is kept."""
    return chance.choice(WRITTEN)[: chance.choice([0, 1, most // 2, most - 1, most])]


def skeleton(drawn: Any) -> Any:  # noqa: ANN401 - whatever is sent
    """How it is laid out: its pieces, and in each text only what Slack gives a meaning to."""
    if isinstance(drawn, list):
        return [skeleton(each) for each in drawn]
    if not isinstance(drawn, dict):
        return None
    if isinstance(drawn.get("text"), str):
        marked = drawn["type"] == "mrkdwn"
        assert not marked or drawn["verbatim"]
        found = MEANS_SOMETHING.findall(drawn["text"]) if marked else [*filter("\n".__eq__, drawn["text"])]
        return [drawn["type"], "".join(found), bool(TURNS.search(drawn["text"].replace("\n", "")))]
    return {key: value if key in {"type", "url", "style"} else skeleton(value) for key, value in drawn.items()}
