"""Writes resources/vocabularies/country.csv from CLDR (Babel), with the names IOM uses."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from babel import Locale

from avrr_desktop.core.folding import fold

COUNTRY_CSV: Final = Path(__file__).parents[1] / "resources" / "vocabularies" / "country.csv"

HEADER: Final = (
    *("code", "fr", "ar", "en", "order", "active"),
    *("valid_from", "valid_to", "tag", "aliases"),
)

# Two-letter territories of CLDR that ISO 3166-1 does not assign to a country.
NOT_IN_ISO_3166: Final = frozenset(
    "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split()  # noqa: SIM905 - reads as a list
)

FRENCH: Final = {
    "BY": "Bélarus",
    "CD": "République démocratique du Congo",
    "CG": "Congo",
    "HK": "Hong Kong",
    "LR": "Libéria",
    "MF": "Saint-Martin (partie française)",
    "MM": "Myanmar",
    "MO": "Macao",
    "NG": "Nigéria",
    "PS": "État de Palestine",
    "SV": "El Salvador",
    "TL": "Timor-Leste",
    "VA": "Vatican",
}

ARABIC: Final = {
    "CC": "جزر كوكوس",
    "CD": "جمهورية الكونغو الديمقراطية",
    "CG": "الكونغو",
    "CI": "كوت ديفوار",
    "CV": "كابو فيردي",
    "HK": "هونغ كونغ",
    "MF": "سانت مارتن (الجزء الفرنسي)",
    "MM": "ميانمار",
    "MO": "ماكاو",
    "PS": "دولة فلسطين",
    "SX": "سانت مارتن (الجزء الهولندي)",
    "SY": "الجمهورية العربية السورية",
    "TL": "تيمور - ليشتي",
}

ENGLISH: Final = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Congo",
    "CV": "Cabo Verde",
    "HK": "Hong Kong",
    "MF": "Saint Martin (French part)",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "State of Palestine",
    "SX": "Sint Maarten (Dutch part)",
}

# Other spellings met in workbooks and at the desk; accents, case and hyphens are folded anyway.
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "AE": ("EAU", "Émirats", "UAE"),
    "AO": ("République d’Angola",),
    "BF": ("Burkina", "BFA"),
    "BJ": ("République du Bénin",),
    "BY": ("Biélorussie",),
    "CD": (
        *("RDC", "RD Congo", "R.D. Congo", "R.D.C.", "Rép. dém. du Congo", "Rep dem Congo"),
        *("République démocratique Congo", "Congo démocratique", "Congo RDC", "Congo (RDC)"),
        *("Congo-Kinshasa", "Congo (Kinshasa)", "Congo Kinshassa", "Zaïre", "DRC", "DR Congo"),
        *("D.R. Congo", "Congo DRC", "Democratic Republic of Congo", "الكونغو الديمقراطية"),
        "الكونغو - كينشاسا",
    ),
    "CF": ("RCA", "R.C.A.", "Centrafrique", "Rép. centrafricaine", "CAR", "أفريقيا الوسطى"),
    "CG": (
        *("Congo-Brazzaville", "Congo (Brazzaville)", "Congo Brazza", "République du Congo"),
        *("Rép. du Congo", "Republic of the Congo", "Republic of Congo", "جمهورية الكونغو"),
        "الكونغو - برازافيل",
    ),
    "CI": ("RCI", "Ivory Coast", "Cote Ivoire", "ساحل العاج"),
    "CM": ("Cameroon", "République du Cameroun", "الكامرون"),
    "CV": ("Cap vert", "Cabo Verde", "Cape Verde", "الرأس الأخضر"),
    "CZ": ("République tchèque", "Czech Republic"),
    "GB": ("UK", "R.-U.", "Grande-Bretagne", "Angleterre", "Great Britain", "بريطانيا"),
    "GM": ("La Gambie", "The Gambia", "République de Gambie"),
    "GN": (
        *("Guinée Conakry", "Guinée (Conakry)", "Guinée Konakry", "République de Guinée"),
        *("Guinea Conakry", "Guinea (Conakry)", "غينيا كوناكري"),
    ),
    "GQ": ("Guinée eq", "Guinée éq.", "Guinea Ecuatorial"),
    "GW": ("Guinée Bissao", "Guinée (Bissau)", "Bissau", "Guinea (Bissau)"),
    "IR": ("République islamique d’Iran",),
    "KP": ("République populaire démocratique de Corée", "RPDC", "DPRK"),
    "KR": ("République de Corée", "Republic of Korea"),
    "LA": ("République démocratique populaire lao",),
    "LR": ("Liberia",),
    "LY": ("Lybie",),
    "MA": ("Royaume du Maroc", "المملكة المغربية"),
    "ML": ("République du Mali",),
    "MM": ("Birmanie", "Myanmar (Birmanie)", "Burma", "بورما"),
    "MR": ("RIM",),
    "MU": ("Île Maurice",),
    "NE": ("République du Niger",),
    "NG": ("Nigeria",),
    "NL": ("Hollande", "Holland", "The Netherlands"),
    "PS": ("Palestine", "Territoires palestiniens", "Territoire palestinien occupé", "فلسطين"),
    "RE": ("Réunion",),
    "RU": ("Fédération de Russie", "Russian Federation"),
    "SL": ("Sierra-Léone", "S. Leone"),
    "SN": ("République du Sénégal",),
    "ST": ("São Tomé", "Sao Tomé"),
    "SV": ("Salvador",),
    "SY": ("République arabe syrienne", "سوريا"),
    "SZ": ("Swaziland",),
    "TL": ("Timor oriental", "East Timor"),
    "TR": ("Türkiye", "Turkey"),
    "TZ": ("République-Unie de Tanzanie",),
    "US": ("USA", "U.S.A.", "États-Unis d’Amérique", "United States of America", "أمريكا"),
    "VA": ("Saint-Siège", "État de la Cité du Vatican"),
    "VN": ("Vietnam",),
    "ZA": ("RSA", "République sud-africaine"),
}


def names(language: str, overrides: dict[str, str]) -> dict[str, str]:
    """Names of the countries of ISO 3166-1 in ``language``, by two-letter code."""
    territories = Locale.parse(language).territories
    codes = map(str, Locale.parse("en").territories)
    countries = (code for code in codes if code.isalpha() and code not in NOT_IN_ISO_3166)
    return {code: overrides.get(code) or territories[code] for code in countries}


def country_csv() -> str:
    """The text of country.csv: in French alphabetical order."""
    french, arabic, english = names("fr", FRENCH), names("ar", ARABIC), names("en", ENGLISH)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    alphabetical = sorted(french, key=lambda code: fold(french[code]))
    for rank, code in enumerate(alphabetical, start=1):
        plain_english = english[code].replace(" & ", " and ").replace("St. ", "Saint ")
        aliases = "|".join(ALIASES.get(code, ()))
        row = (code, french[code], arabic[code], plain_english, rank * 10, 1, "", "", "", aliases)
        writer.writerow(row)
    return text.getvalue()


if __name__ == "__main__":
    COUNTRY_CSV.write_text(country_csv(), encoding="utf-8", newline="\n")
