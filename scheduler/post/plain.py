"""What an e-mail says: the words of the message that Slack draws, and the way in."""

from programme.notices import Letter
from programme.plain import words_of

HOW_THE_LINK_WORKS = "The link is yours alone. It opens a page with one button, works once, and for three days."


def in_words(letter: Letter) -> str:
    """What stands in its blocks, one under the other."""
    words = "\n\n".join(words for block in letter.blocks for words in words_of(block) if words)
    # What somebody wrote may look like a link of GOV.UK Notify's own kind, [words](address): it must not become one.
    return words.replace("](", "] (")


def with_the_way_in(letter: Letter, link: str) -> str:
    """The whole e-mail: a page has what the buttons would have done, and more room to say it."""
    return "\n\n".join(part for part in (in_words(letter), f"Answer here: {link}", HOW_THE_LINK_WORKS) if part)
