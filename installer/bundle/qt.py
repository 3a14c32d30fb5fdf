"""Which parts of Qt the program uses: the bundles carry those and no others.

The wheel of PySide6-Essentials holds more than its licence lets an installer carry: some tools and
plugins are under the GPL alone. So nothing is taken out of it by name; what is used goes in by
name, with what that is linked with.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from installer.bundle.lock import ROOT

SOURCES = ROOT / "src" / "avrr_desktop"

# Offered under the GPL or a commercial licence only, whatever a wheel's metadata says
# (https://doc.qt.io/qt-6/qtmodules.html): never imported, never in a bundle.
GPL_ONLY = frozenset(
    {
        "QtCharts",
        "QtCoap",
        "QtDataVisualization",
        "QtGraphs",
        "QtGraphsWidgets",
        "QtGrpc",
        "QtHttpServer",
        "QtLottie",
        "Lottie",
        "QtMqtt",
        "QtNetworkAuth",
        "QtProtobuf",
        "QtQmlCompiler",
        "QmlCompiler",
        "QtQuick3D",
        "QtQuick3DPhysics",
        "QtQuickTimeline",
        "QuickTimeline",
        "QtShaderTools",
        "QtVirtualKeyboard",
        "QtWaylandCompositor",
        "WaylandCompositor",
    }
)
IMAGE_FORMATS = ("gif", "ico", "jpeg", "svg")
LANGUAGES = ("ar", "en", "fr")


@cache
def imported_modules(folder: Path = SOURCES) -> frozenset[str]:
    """The modules of PySide6 that the program's sources import, for instance ``QtCore``."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            found.update(_module(name) for name in names)
    return frozenset(found - {""})


def _module(name: str) -> str:
    parts = name.split(".")
    return parts[1] if parts[0] == "PySide6" and len(parts) > 1 else ""
