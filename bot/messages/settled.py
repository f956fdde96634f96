"""How a message ends: what stands in its place once there is nothing more to press in it."""

from bot.views.parts import section
from programme.notices import Dropped, Letter


def settled(why: str, *lines: str) -> Dropped:
    """Not sent any more; where it was sent already, it now says only these lines of mrkdwn."""
    return Dropped(why, instead=Letter(text="This is settled", blocks=[section(*lines)]))
