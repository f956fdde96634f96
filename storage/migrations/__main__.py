"""Draft the next revision from what the tables say now: `python -m storage.migrations "swaps"`.

It compares the tables with a scratch database at head, so that it needs no database of yours. Read the draft, give it
`storage.migrations.shorthands` where they shorten it, and try it down and up with data.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import migrate

with TemporaryDirectory() as folder:
    migrate.draft(f"sqlite:///{Path(folder, 'scratch.db')}", " ".join(sys.argv[1:]))
