"""Where the program keeps its files and finds its resources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

BACKUP_SUFFIX = ".register"  # of a backup's register
_APP_NAME = "AVRR"
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Paths:
    """Every place the program reads or writes; making a value creates no file."""

    data_dir: Path
    resources: Path

    @property
    def register(self) -> Path:
        """The register itself."""
        return self.data_dir / "register.sqlite"

    @property
    def header(self) -> Path:
        """What opens a protected register: a slot for each user."""
        return self.data_dir / "register.keys"

    @property
    def header_copy(self) -> Path:
        """The same, should the first be damaged."""
        return self.data_dir / "register.keys.copy"

    @property
    def header_new(self) -> Path:
        """A header laid ready while its register is being encrypted."""
        return self.data_dir / "register.keys.new"

    @property
    def journal_head(self) -> Path:
        """Where the change journal had got to after the last save."""
        return self.data_dir / "journal.head"

    @property
    def attempts(self) -> Path:
        """Wrong passwords since somebody last came in: instants, never what was typed."""
        return self.data_dir / "attempts.json"

    @property
    def settings(self) -> Path:
        """The choices of this desk: language, size of text, last window."""
        return self.data_dir / "settings.ini"

    @property
    def log_dir(self) -> Path:
        """Logs; they hold ids and field names, never values."""
        return self.data_dir / "logs"

    @property
    def drafts_dir(self) -> Path:
        """Half-typed forms, kept for the next start."""
        return self.data_dir / "drafts"

    @property
    def crash_dir(self) -> Path:
        """Reports of bugs, shown at the next start."""
        return self.data_dir / "crashes"

    @property
    def backups_dir(self) -> Path:
        """Copies of the register."""
        return self.data_dir / "backups"

    @property
    def incoming(self) -> Path:
        """A register on its way in from another PC, until it takes its place."""
        return self.data_dir / "incoming"

    @property
    def set_aside_dir(self) -> Path:
        """Registers that one from another PC took the place of."""
        return self.data_dir / "set-aside"

    @property
    def catalogues(self) -> Path:
        """The translations of the program's sentences."""
        return self.resources / "i18n"

    def create_folders(self) -> None:
        """Make the folders that are written to; those that exist stay as they are."""
        for folder in (self.log_dir, self.drafts_dir, self.crash_dir, self.backups_dir):
            folder.mkdir(parents=True, exist_ok=True)


def resources_dir() -> Path:
    """The folder ``resources``: inside the installed package, or at the root of a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"


def paths_in(data_dir: Path) -> Paths:
    """The paths of a register kept in ``data_dir``."""
    return Paths(data_dir=data_dir, resources=resources_dir())


def default_paths() -> Paths:
    """The paths of this user's own register."""
    return paths_in(platformdirs.user_data_path(_APP_NAME, appauthor=False))
