"""Starts the program: ``python -m avrr_desktop`` or ``avrr-desktop``."""

from __future__ import annotations

import sys

from avrr_desktop import cli
from avrr_desktop.streams import fit_streams


def main() -> int:
    """Run the command line, which opens the window when it is given no command."""
    fit_streams()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
