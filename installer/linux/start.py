"""What the interpreter of the installed program runs: its folder is given to it to start."""

from __future__ import annotations

import sys

from avrr_desktop.__main__ import main

# The name the user typed: windows of X are told apart by it.
sys.argv[0] = "avrr-desktop"
sys.exit(main())
