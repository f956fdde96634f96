"""Several letters as one message: what presses most first, each whole as far as there is room, nothing left unsaid."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.views.audits import to_the_pages
from bot.views.fitting import is_within_message, within_message
from bot.views.parts import DIVIDER, Block, escaped, header, sections
from programme.notices import Letter


def together(letters: Sequence[Letter]) -> Letter:
    """A single one as it is; several under one heading. A lock screen shows how many, and the first."""
    if len(letters) == 1:
        return letters[0]
    heading = f"{len(letters)} things for you today"
    return Letter(text=f"{heading}: {letters[0].text}", blocks=_fitted(heading, letters), rank=letters[0].rank)


def _fitted(heading: str, letters: Sequence[Letter]) -> list[Block]:
    """As many whole as there is room for; of the others what each is about, and the way to the pages."""
    drawn: list[Block] = []
    for whole in range(len(letters), -1, -1):
        drawn = _drawn(heading, letters[:whole], letters[whole:])
        if is_within_message(drawn):
            break
    return within_message(drawn)


def _drawn(heading: str, whole: Sequence[Letter], others: Sequence[Letter]) -> list[Block]:
    way = to_the_pages()
    parts = [block for letter in whole for block in (DIVIDER, *letter.blocks) if block != way]
    named = [DIVIDER, *sections([f"*{escaped(letter.text)}*" for letter in others])] if others else []
    ends = [DIVIDER, way] if others or any(way in letter.blocks for letter in whole) else []
    return [header(heading), *_named_apart(parts), *named, *ends]


def _named_apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """Slack takes no two blocks of one name in a message: buttons for the same thing may stand in two parts."""
    seen: Counter[str] = Counter()
    for block in blocks:
        name = block.get("block_id", "")
        seen[name] += 1
        yield {**block, "block_id": f"{name} {seen[name]}"} if name and seen[name] > 1 else block
