"""Where Node is on this machine: beside us, or where `make install` fetched one together with npm."""

import shutil
import subprocess
from pathlib import Path

FETCHED = Path(__file__).resolve().parents[2] / ".npm-venv" / "bin" / "node"


def run(script: Path, *words: str, said: str = "") -> str:
    """What a script prints; it fails the test with what it complained of."""
    found = shutil.which("node") or (str(FETCHED) if FETCHED.exists() else "")
    assert found, "Node is needed to try the Google Form's script, and there is none. Run: make install"
    done = subprocess.run([found, str(script), *words], input=said, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
