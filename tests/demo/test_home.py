"""A demo's folder: what it keeps from run to run, what it forgets, and that it is one demo's only."""

import socket
import stat
from pathlib import Path

import pytest

from demo.home import Home, port_near
from programme.refusals import Refusal


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / ".demo")


def test_a_second_demo_is_turned_away(home: Home) -> None:
    again = Home(home.folder)
    with home.to_ourselves(), pytest.raises(Refusal, match="A demo runs here already"), again.to_ourselves():
        pass
    with home.to_ourselves():
        pass


def test_the_key_that_signs_is_kept_from_run_to_run(home: Home) -> None:
    with home.to_ourselves():
        first = home.settings("http://127.0.0.1:8000", {})
        assert home.settings("http://127.0.0.1:8001", {})["SECRET_KEY"] == first["SECRET_KEY"]


def test_the_settings_are_for_their_owner_only(home: Home) -> None:
    with home.to_ourselves():
        home.settings("http://127.0.0.1:8000", {})
    assert stat.S_IMODE(home.settings_file.stat().st_mode) == 0o600


def test_forgetting_leaves_nothing_but_the_lock(home: Home) -> None:
    with home.to_ourselves():
        home.settings("http://127.0.0.1:8000", {})
        home.mark_loaded()
        (home.folder / "files").mkdir()
        home.forget()
        assert [each.name for each in home.folder.iterdir()] == ["lock"]


def test_a_record_is_forgotten_with_all_that_is_beside_it(home: Home) -> None:
    with home.to_ourselves():
        for ending in ("", "-wal", "-shm"):
            Path(f"{home.database}{ending}").touch()
        home.forget_record()
        assert [each.name for each in home.folder.iterdir()] == ["lock"]


def test_another_port_is_found_where_one_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        assert port_near(wanted) != wanted
    assert port_near(wanted) == wanted
