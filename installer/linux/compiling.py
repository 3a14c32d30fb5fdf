"""Turns the sources of a staged program into bytecode; run by the staged interpreter itself.

    PYTHONHASHSEED=0 INTERPRETER -s -S compiling.py STAGED INSTALLED

Bytecode alone is given out. Qt reads the source of each module it finds beside its bytecode, which
a start pays for; and bytecode that is not checked against a source depends on no file's date. The
migrations stay as they are: Alembic loads them by their path.
"""

from __future__ import annotations

import py_compile
import sys
from pathlib import Path

_BY_PATH = ("avrr_desktop/db/migrations", "avrr_desktop/resources")


def compile_tree(staged: Path, installed: str) -> None:
    """Compile every source under ``staged``, whose place will be ``installed``."""
    for source in sorted(staged.rglob("*.py")):
        name = source.relative_to(staged).as_posix()
        if any(f"/{place}/" in f"/{name}" for place in _BY_PATH):
            continue
        py_compile.compile(
            str(source),
            cfile=str(source.with_suffix(".pyc")),
            dfile=f"{installed}/{name}",
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        source.unlink()


if __name__ == "__main__":
    compile_tree(Path(sys.argv[1]), sys.argv[2])
