"""`flask round rota`: who has a turn in the months ahead, and why."""

from commands.beside import round_
from commands.speaking import AS_JSON, listed
from commands.tools import office
from programme import explained
from storage import turning

__all__ = ["round_"]  # the group, with what hangs on it here


@round_.command("rota")
@AS_JSON
def rota(*, as_json: bool) -> None:
    """Everybody who has a turn still to do, month by month, each with why."""
    with office().record.reading() as session:
        known = turning.whose(session, office())
        turns = [(line, turn) for line in turning.lines(session, office(), known) for turn in line.turns]
        rows = [
            {
                "month": turn.month,
                "email": line.person.email,
                "why": explained.why(line, turn, known),
                "carried_from": turn.carried_from,
                "last_audited": line.last_audited,
            }
            for line, turn in sorted(turns, key=lambda each: each[1].month)
        ]
    listed(rows, as_json=as_json, empty="No turns have been made yet: they are made when a month is opened.")
