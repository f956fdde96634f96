"""What a moderator is asked in chat: to come to the day, and what to read, by reference; and the button of a page."""

from collections.abc import Sequence

from bot import names
from bot.views.parts import Block, button, buttons, escaped, line_field, modal, quiet, section, sections
from programme.moderation_day import Coming, Invitation, Meeting, ModerationDay
from programme.pairing import Pairing
from programme.reading_list import ToModerate
from programme.rounds import Round

AT_MOST = 20
SAID = {
    Coming.ASKED: "Please say whether you are coming.",
    Coming.YES: "*You have said that you are coming.* Thank you.",
    Coming.NO: "*You have said that you cannot come.* Thank you for saying so. Who runs the month names somebody else"
    " for what you have not read.",
}


def asked_to_come(day: ModerationDay, invitation: Invitation) -> list[Block]:
    """When and where, and the buttons for what they have not said."""
    month, place = day.round.month, f"\nWhere: {escaped(day.place)}" if day.place else ""
    yes = button("I'm coming", names.IS_COMING, month, primary=invitation.coming is Coming.ASKED)
    no = button("I cannot come", names.CANNOT_COME, month)
    answers = [each for each, said in ((yes, Coming.YES), (no, Coming.NO)) if invitation.coming is not said]
    return [
        section(f"*The moderation day:* {day.on:%A %-d %B}, {day.hours}.{place}", SAID[invitation.coming]),
        buttons(
            f"{names.MODERATION_BLOCK} {month}",
            [*answers, button("Calendar file", names.CALENDAR_FILE, month)],
        ),
    ]


def listed(lines: Sequence[ToModerate]) -> list[Block]:
    """Each audit, with whom, and what it waits for."""
    if not lines:
        return []
    blocks = [section(*[escaped(line.line) for line in lines[:AT_MOST]])]
    if len(lines) > AT_MOST:
        blocks.append(quiet(f"And {len(lines) - AT_MOST} more: sign in to the pages."))
    return blocks


def to_its_page(ref: str) -> Block:
    return buttons(f"{names.MODERATION_BLOCK} {ref}", [button("Open it", names.OPEN_MODERATION, ref, primary=True)])


def _when_and_where(meeting: Meeting) -> list[Block]:
    return [
        line_field(names.BEGINS_FIELD, "Begins", shown_first=f"{meeting.begins:%H:%M}"),
        line_field(names.ENDS_FIELD, "Ends", shown_first=f"{meeting.ends:%H:%M}"),
        line_field(names.PLACE_FIELD, "Where", shown_first=meeting.place, optional=True),
    ]


def open_day_modal(of: Round, made: Pairing, meeting: Meeting | None) -> Block:
    """Each pair and what it would read, with the reason; when and where, unless the day is opened already."""
    title = "Open the moderation day" if meeting else "Give audits to pairs"
    left = [f"*{each.audit.ref}* no pair: {escaped(each.because)}" for each in made.unpaired]
    lines = [
        f"*{each.audit.ref}* {escaped(' and '.join(who.name for who in each.pair))}: {escaped(each.because)}"
        for each in made.paired
    ]
    if not lines:
        return modal(title, sections(left or ["Nothing that came back waits for a pair."]))
    when = _when_and_where(meeting) if meeting else []
    day = f" on {of.moderate_on:%A %-d %B}" if of.moderate_on else ""
    told = f"{len(lines)} to read{day}. Each moderator gets one message. To change a pair, use the month's page."
    return modal(
        title,
        [section(told), *when, *sections([*left, *lines])],
        view=names.OPEN_DAY_VIEW,
        send="Name these pairs",
        about=f"{of.month} {made.mark}",
    )
