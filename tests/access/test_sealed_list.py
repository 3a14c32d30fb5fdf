"""A list of names leaves a protected register only in an encrypted zip."""

from importlib import import_module
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from tests.backups.conftest import add_person

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.services.exchange import export_nominal
from avrr_desktop.services.register import Register

pyzipper = import_module("pyzipper")  # it has no types
PASSWORD = "mot de passe du fichier"


def test_a_list_without_a_password_stays(register: Register, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="list_needs_password"):
        export_nominal(register, "registration", tmp_path / "list.xlsx", Language.FR)
    with pytest.raises(UserError, match="password_short"):
        export_nominal(
            register, "registration", tmp_path / "list.xlsx", Language.FR, password="court"
        )
    assert not list(tmp_path.glob("list*"))


def test_a_list_opens_with_its_password_only(register: Register, tmp_path: Path) -> None:
    add_person(register, 7)
    asked = tmp_path / "list.xlsx"
    written = export_nominal(register, "registration", asked, Language.FR, password=PASSWORD)
    assert (written.path, written.lines) == (tmp_path / "list.zip", 1)
    assert not asked.exists()
    assert b"PERSONNE7" not in written.path.read_bytes()
    with ZipFile(written.path) as plain, pytest.raises((RuntimeError, NotImplementedError)):
        plain.read("list.xlsx")
    with pyzipper.AESZipFile(written.path) as sealed:
        with pytest.raises(RuntimeError):
            sealed.read("list.xlsx", pwd=b"autre mot de passe")
        content = sealed.read("list.xlsx", pwd=PASSWORD.encode())
    book = load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "PERSONNE7" in cells
