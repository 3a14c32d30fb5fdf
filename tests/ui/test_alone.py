"""One window a register: the second start, another PC's lock, a copy to look at."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.access.conftest import AMINA, CHEAP
from tests.backups.conftest import add_person

from avrr_desktop.app import Session
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import screen_language, translator
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services import snapshot
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.health import misplaced
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.places import is_on_network, is_synchronised
from avrr_desktop.services.register import create_register
from avrr_desktop.services.snapshot import copy_snapshot
from avrr_desktop.ui.access.held_step import HeldStep
from avrr_desktop.ui.access.log_in import LogInStep
from avrr_desktop.ui.routes import NewRegistration
from avrr_desktop.ui.shell import alone
from avrr_desktop.ui.shell.alone import Alone, Holder
from avrr_desktop.ui.shell.gates import RefusedPage
from avrr_desktop.ui.shell.ribbon import Ribbon
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.text import Text

ELSEWHERE = Holder("PC-ACCUEIL", is_here=False)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = paths_in(tmp_path / "data")
    made.create_folders()
    return made


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, paths: Paths, clock: FixedClock) -> Iterator[Session]:
    alone = Alone(paths)
    alone.take()
    made = Session(qapp, paths, clock, alone)
    yield made
    made.end()
    alone.release()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(session: Session, name: str) -> None:
    assert session.entry is not None
    button = session.entry.findChild(Button, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def locked_by_other(paths: Paths) -> Path:
    lock = paths.data_dir / "window.lock"
    machine = "0" * 32
    lock.write_text(f"4242\navrr\nPC-ACCUEIL\n{machine}\n{machine}\n", encoding="utf-8")
    return lock


def test_the_second_start_shows_the_first(qtbot: QtBot, paths: Paths) -> None:
    first, second = Alone(paths), Alone(paths)
    assert first.take() is None
    first.listen()
    holder = second.take()
    assert holder is not None
    assert holder.is_here
    with qtbot.waitSignal(first.called):
        assert second.call()
    first.release()
    assert second.take() is None
    second.release()


_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from avrr_desktop.paths import paths_in
from avrr_desktop.ui.shell.alone import Alone
application = QCoreApplication([])
sys.exit(not Alone(paths_in(Path(sys.argv[1]))).call(file=sys.argv[2]))
"""


def test_the_file_given_to_another_process_reaches_the_first_window(
    qtbot: QtBot, paths: Paths
) -> None:
    first = Alone(paths)
    first.take()
    first.listen()
    words = [sys.executable, "-c", _SECOND, str(paths.data_dir), "clé/registre é العودة.avrr"]
    with qtbot.waitSignal(first.called) as heard, subprocess.Popen(words) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    assert heard.args == [words[-1]]
    first.release()


def test_a_window_that_never_reads_has_not_heard(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "_HEARD_MS", 50)
    first = Alone(paths)
    first.take()
    first.listen()
    monkeypatch.setattr(first, "_listen_to", lambda _socket: None)
    assert not Alone(paths).call(file="rabat.avrr")
    first.release()


def test_a_window_that_does_not_answer_is_not_called(qtbot: QtBot, paths: Paths) -> None:
    first = Alone(paths)
    first.take()
    assert not Alone(paths).call(tries=2)
    first.release()


def test_the_lock_of_a_killed_program_is_cleared(paths: Paths) -> None:
    code = (
        "import sys, time; from PySide6.QtCore import QLockFile;"
        "lock = QLockFile(sys.argv[1]); lock.setStaleLockTime(0);"
        "print(lock.tryLock(0), flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", code, str(paths.data_dir / "window.lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        try:
            assert holder.stdout.readline().strip() == "True"
            alone = Alone(paths)
            found = alone.take()
            assert found is not None
            assert found.is_here
        finally:
            holder.kill()
    assert alone.take() is None
    alone.release()


def test_another_pc_is_named_and_its_lock_stays(paths: Paths) -> None:
    lock = locked_by_other(paths)
    alone = Alone(paths)
    assert alone.take() == ELSEWHERE
    assert lock.exists()
    alone.take_anyway()
    assert Alone(paths).take() != ELSEWHERE
    alone.release()


def test_a_lock_names_this_pc_as_windows_does(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked_by_other(paths)
    monkeypatch.setenv("COMPUTERNAME", "PC-Accueil")
    assert Alone(paths).take() == Holder("PC-ACCUEIL", is_here=True)


def test_a_copy_is_looked_at_and_nothing_is_written(
    qtbot: QtBot, session: Session, paths: Paths, clock: FixedClock
) -> None:
    register = create_register(paths, clock, is_demo=True)
    add_person(register, 0)  # still open, with its write-ahead log
    session.begin(ELSEWHERE)
    assert session.entry is not None
    assert isinstance(session.entry.step, HeldStep)
    said = session.entry.findChild(Text, "held-said")
    assert said is not None
    assert "PC-ACCUEIL" in said.text()
    press(session, "held-copy")
    qtbot.waitUntil(lambda: session.window is not None)
    window = session.window
    assert window is not None
    copy = window.context.register
    assert copy.paths.data_dir != paths.data_dir
    with copy.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 1
    assert window.findChild(Ribbon) is not None
    with pytest.raises(UserError, match="copy_shown"):
        add_person(copy, 1)
    window.open(NewRegistration())
    refused = window.findChild(RefusedPage)
    assert refused is not None
    told = word_error(UserError("copy_shown"), translator(screen_language()))
    assert refused.findChildren(Text)[0].text() == told
    folder = copy.paths.data_dir
    register.close()
    session.end()
    assert not folder.exists()


def test_a_protected_copy_asks_for_the_password(
    qtbot: QtBot, session: Session, paths: Paths, clock: FixedClock
) -> None:
    create_protected(paths, clock, AMINA, CHEAP).register.close()
    session.begin(ELSEWHERE)
    press(session, "held-copy")
    qtbot.waitUntil(lambda: session.entry is not None and isinstance(session.entry.step, LogInStep))


def test_unlocked_it_opens_here(
    qtbot: QtBot, session: Session, paths: Paths, clock: FixedClock
) -> None:
    create_register(paths, clock, is_demo=True).close()
    session.begin(ELSEWHERE)
    press(session, "held-unlock")
    qtbot.waitUntil(lambda: session.window is not None)
    assert session.window is not None
    assert session.window.context.register.paths == paths
    assert not session.window.context.actor.is_looking


def test_a_register_being_written_is_not_copied_torn(
    paths: Paths, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_register(paths, clock, is_demo=True).close()
    copy, sizes = snapshot._copy, iter(range(1, 100))

    def copying(path: Path, target: Path) -> None:
        copy(path, target)
        with paths.settings.open("ab") as file:
            file.write(b"\n" * next(sizes))

    monkeypatch.setattr(snapshot, "_copy", copying)
    (tmp_path / "copy").mkdir()
    with pytest.raises(UserError, match="snapshot_moving"):
        copy_snapshot(paths, tmp_path / "copy")


@pytest.mark.parametrize(
    ("folder", "is_so"),
    [
        ("/home/a/OneDrive - IOM/AVRR", True),
        ("/home/a/Dropbox/AVRR", True),
        ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/AVRR", False),
        ("/Users/a/iCloud Drive/AVRR", True),
        ("/home/a/.local/share/AVRR", False),
    ],
)
def test_synchronised_folders(folder: str, is_so: bool) -> None:
    assert is_synchronised(Path(folder)) is is_so


@pytest.mark.skipif(sys.platform == "win32", reason="mount points are those of Linux")
def test_network_shares(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n//srv/share /mnt/par\\040tage cifs rw 0 0\n"
        "srv:/home /home nfs4 rw 0 0\n/dev/sdb1 /home/local ext4 rw 0 0\n",
        encoding="utf-8",
    )
    told = {
        folder: is_on_network(Path(folder), mounts)
        for folder in ("/var/avrr", "/mnt/par tage/avrr", "/home/a", "/home/local/avrr")
    }
    assert list(told.values()) == [False, True, True, False]
    assert not is_on_network(Path("/var"), tmp_path / "none")


def test_a_register_in_such_a_folder_is_warned_of(tmp_path: Path, clock: FixedClock) -> None:
    say = translator(Language.FR)
    for folder, warned in (("plain", False), ("OneDrive", True)):
        register = create_register(paths_in(tmp_path / folder), clock, is_demo=True)
        assert bool(misplaced(register, say)) is warned
        register.close()
