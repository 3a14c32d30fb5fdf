import os
import sqlite3
from pathlib import Path

import pytest
from tests.services.conftest import person_draft

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import paths_in
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register, open_register


def test_missing_register_is_said(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(UserError) as caught:
        open_register(paths_in(tmp_path), clock)
    assert caught.value.code == "no_register"


def test_existing_register_is_not_written_over(register: Register, clock: FixedClock) -> None:
    with pytest.raises(UserError) as caught:
        create_register(register.paths, clock, is_demo=True)
    assert caught.value.code == "register_exists"


@pytest.mark.parametrize("content", [b"no database at all, only text" * 200, b""])
def test_file_that_is_no_register_is_said(
    tmp_path: Path, clock: FixedClock, content: bytes
) -> None:
    paths = paths_in(tmp_path)
    paths.register.write_bytes(content)
    if not content:
        connection = sqlite3.connect(paths.register)
        connection.execute("CREATE TABLE other (a)")
        connection.close()
    with pytest.raises(UserError) as caught:
        open_register(paths, clock)
    assert caught.value.code == "not_a_register"


def test_register_of_a_later_program_is_refused(register: Register, clock: FixedClock) -> None:
    register.close()
    connection = sqlite3.connect(register.paths.register)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(UserError) as caught:
        open_register(register.paths, clock)
    assert caught.value.code == "newer_register"


def _fill(register: Register, pages: int) -> None:
    """Write more than the file may hold; the limit is a matter of the connection."""
    with register.database.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("CREATE TABLE filler (a)")
        connection.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(10000000))")


def test_full_register_says_so_and_keeps_the_old_state(register: Register) -> None:
    records, actor = Records(register), register.local_actor
    records.save(actor, person_draft())
    with register.database.engine.connect() as connection:
        bare = connection.connection.dbapi_connection
        assert bare is not None
        pages = bare.execute("PRAGMA page_count").fetchone()[0]
    with pytest.raises(UserError) as caught:
        _fill(register, pages)
    assert caught.value.code == "disk_full"
    assert records.read("person", "a" * 32).values["family_name"] == "KONÉ"


def test_lock_held_elsewhere_is_said_and_a_retry_works(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(register.paths.register, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    records, actor = Records(register), register.local_actor
    with register.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    try:
        with pytest.raises(UserError) as caught:
            records.save(actor, person_draft())
        assert caught.value.code == "register_locked"
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert records.save(actor, person_draft()).ids


@pytest.mark.skipif(os.name == "nt", reason="folder rights are set differently on Windows")
def test_read_only_folder_is_said(tmp_path: Path, clock: FixedClock) -> None:
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    with pytest.raises(UserError) as caught:
        create_register(paths_in(blocked / "data"), clock, is_demo=False)
    assert caught.value.code == "folder_read_only"


def test_office_s_labels_survive_the_shipped_ones(register: Register, clock: FixedClock) -> None:
    register.close()
    connection = sqlite3.connect(register.paths.register)
    connection.execute("UPDATE term SET fr = 'Coupon' WHERE code = 'voucher'")
    connection.execute("DELETE FROM term WHERE code = 'word_of_mouth'")
    connection.commit()
    connection.close()
    again = open_register(register.paths, clock)
    try:
        voucher = again.vocabularies.get("assistance_kind", "voucher")
        assert voucher is not None
        assert voucher.label.fr == "Coupon"
        assert again.vocabularies.get("contact_channel", "word_of_mouth") is not None
    finally:
        again.close()


def test_failed_creation_leaves_nothing_and_a_retry_works(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = paths_in(tmp_path / "new")

    def refuse(*_: object) -> None:
        raise UserError("disk_full")

    with monkeypatch.context() as full:
        full.setattr("avrr_desktop.services.register.use_write_ahead_log", refuse)
        with pytest.raises(UserError):
            create_register(paths, clock, is_demo=False)
    assert list(paths.data_dir.iterdir()) == []
    create_register(paths, clock, is_demo=False).close()
