"""The light colours that the screen and the workbook share, as six hexadecimal digits."""

from __future__ import annotations

from typing import Final

INK: Final = "172033"
INK_SOFT: Final = "45516A"
INK_PALE: Final = "5C687E"
ACCENT: Final = "1A4A8E"
ACCENT_SOFT: Final = "E7EEF9"
SELECTION: Final = "DCE7F7"
RAISED: Final = "F7F9FC"
WARNING_SOFT: Final = "FDF1D9"
HAIRLINE: Final = "D9DFE9"
# Men, women, boys, girls, undetermined or others.
CHART: Final = (ACCENT, "5D88C9", "0E6F6B", "35958D", "7F8BA0")
