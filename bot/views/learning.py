"""How an audit was: asked on App Home, answered in a modal."""

from bot import names
from bot.views.parts import Block, button, buttons, choice, modal, quiet, section, words_field
from programme.allocations import Allocation
from programme.learning import WORTH_LABELS, After, ToSay, who_reads_it


def asked(each: ToSay) -> list[Block]:
    ref, what = each.allocation.ref, "moderated" if each.after is After.MODERATION else "audited"
    return [
        section(f"You {what} {ref}: one question, half a minute."),
        buttons(f"{names.LEARNT_BLOCK} {ref}", [button("Say how it was", names.SAY_HOW, ref)]),
    ]


def learnt_modal(audit: Allocation, after: After, enough: int) -> Block:
    what = "moderating" if after is After.MODERATION else "auditing"
    return modal(
        "How was it?",
        [
            section(f"*{audit.ref}*"),
            choice(names.WORTH_FIELD, f"Was {what} it worth your time?", list(WORTH_LABELS.items())),
            words_field(names.WORDS_FIELD, "What did you learn from it?", optional=True),
            quiet(who_reads_it(enough)),
        ],
        view=names.LEARNT_VIEW,
        send="Send",
        about=audit.ref,
    )
