"""What somebody reads who asked for a link on the sign-in page."""

from bot.views.parts import section
from programme.notices import Letter, Notice
from storage.office import Office
from storage.session import Session


def link_asked(_session: Session, _office: Office, _notice: Notice) -> Letter:
    """The link itself comes with every e-mail."""
    return Letter(
        text="Your link to sign in",
        blocks=[section("Somebody, probably you, asked for a link to sign in. If it was not you, do nothing.")],
    )
