"""Build hook: compiles the catalogues and maps ``resources/`` into the wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before each build; an editable install reads ``resources/`` from the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare a wheel (``standard``) or an editable install (``editable``)."""
        if self.target_name != "wheel":
            return
        script = Path(self.root, "installer", "translations.py")
        subprocess.run([sys.executable, str(script), "compile"], check=True)
        if version == "standard":
            build_data["force_include"][str(Path(self.root, "resources"))] = (
                "avrr_desktop/resources"
            )
