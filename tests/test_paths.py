"""Paths of the program."""

from __future__ import annotations

from pathlib import Path

from avrr_desktop.paths import default_paths, paths_in


def test_every_file_lies_in_the_data_folder(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    places = (
        paths.register,
        paths.settings,
        paths.log_dir,
        paths.drafts_dir,
        paths.crash_dir,
        paths.backups_dir,
    )
    assert {place.parent for place in places} == {tmp_path}
    assert len(set(places)) == len(places)


def test_resources_are_found() -> None:
    assert default_paths().catalogues.is_dir()


def test_folders_are_made_once_and_again(tmp_path: Path) -> None:
    paths = paths_in(tmp_path / "new")
    paths.create_folders()
    paths.create_folders()
    assert paths.backups_dir.is_dir()
