"""How often each term comes up among invented people; the shares are invented too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from avrr_desktop.services.demo.chance import wheel

NATIONALITIES: Final = wheel(
    *(("GN", 260), ("CI", 233), ("SN", 125), ("ML", 103), ("CM", 86), ("GM", 57), ("GW", 40)),
    *(("CD", 16), ("NG", 14), ("BF", 12), ("SL", 10), ("TG", 9), ("BJ", 8), ("LR", 6)),
    *(("LK", 4), ("GH", 5), ("TD", 3), ("CF", 2), ("BD", 2), ("CG", 5)),
)
REFUGEES: Final = wheel(("SY", 45), ("YE", 20), ("SD", 15), ("CD", 8), ("CM", 5), ("CF", 4))
LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "GN": ("french", "pular", "malinke", "soussou"),
    "SN": ("french", "wolof", "pular", "serer"),
    "GM": ("english", "wolof", "malinke", "pular"),
    "ML": ("french", "bambara", "soninke"),
    "BF": ("french", "dioula"),
    "CI": ("french", "dioula", "baoule"),
    "CM": ("french", "english"),
    "CG": ("french", "lingala", "kikongo"),
    "CD": ("french", "lingala", "swahili"),
    "CF": ("french", "sango"),
    "TD": ("french", "arabic"),
    "NG": ("english", "yoruba", "igbo", "hausa", "nigerian_pidgin"),
    "SL": ("english", "krio"),
    "LR": ("english", "malinke"),
    "GH": ("english", "twi"),
    "TG": ("french", "ewe"),
    "BJ": ("french", "fon", "yoruba"),
    "GW": ("portuguese", "pular", "malinke"),
    "LK": ("english", "other"),
    "BD": ("bengali", "english"),
    "MA": ("darija", "amazigh", "french"),
}
ARABIC_SPEAKERS: Final = ("arabic",)
RETURN_CITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "GN": ("Conakry", "Kindia", "Labé", "Mamou", "Kankan", "Nzérékoré"),
    "CI": ("Abidjan", "Daloa", "Bouaké", "Korhogo", "San-Pédro"),
    "SN": ("Dakar", "Tambacounda", "Kolda", "Saint-Louis", "Ziguinchor"),
    "ML": ("Bamako", "Kayes", "Sikasso", "Ségou"),
    "CM": ("Douala", "Yaoundé", "Bafoussam"),
    "GM": ("Banjul", "Serekunda", "Brikama"),
    "GW": ("Bissau", "Gabú", "Bafatá"),
    "CG": ("Brazzaville", "Pointe-Noire"),
    "CD": ("Kinshasa", "Lubumbashi"),
    "LK": ("Colombo", "Negombo"),
    "NG": ("Lagos", "Benin City", "Abuja"),
}
CITIES: Final = wheel(
    *(("rabat", 30), ("casablanca", 24), ("oujda", 10), ("nador", 6), ("tanger", 8), ("sale", 6)),
    *(("marrakech", 4), ("agadir", 4), ("fes", 4), ("kenitra", 2), ("temara", 2)),
)
OFFICES: Final = wheel(("RBA", 60), ("CAS", 26), ("OUJ", 14))
CHANNELS: Final = wheel(
    *(("word_of_mouth", 49), ("partner_referral", 29), ("social_networks", 12), ("unhcr", 2)),
    *(("consulate", 3), ("authorities", 1), ("outreach", 2), ("phone_or_online", 2)),
)
CONTACT_PARTNERS: Final = wheel(
    ("fondation_orient_occident", 5), ("alcs", 3), ("asticude", 3), ("entraide_nationale", 2)
)
REASONS: Final = wheel(
    *(("lack_of_means", 38), ("hard_living_conditions", 24), ("integration_difficulties", 9)),
    *(("europe_unreachable", 10), ("no_residence_permit", 8), ("family_reasons", 6)),
    *(("health", 3), ("violence_or_exploitation", 1), ("end_of_studies_or_contract", 1)),
)
SITUATIONS: Final = wheel(
    *(("irregular", 74), ("regular", 8), ("asylum_seeker", 6), ("refugee", 2)),
    *(("asylum_rejected_or_withdrawn", 4), ("unspecified", 6)),
)
ADULT_VULNERABILITIES: Final = wheel(
    *(("homeless_or_destitute", 40), ("health_needs", 26), ("violence_survivor", 10)),
    *(("disability", 6), ("trafficking_victim", 8), ("torture_victim", 2)),
)
RETURN_FUNDS: Final = wheel(
    *(("eu_iom_joint_initiative", 40), ("moi_morocco", 26), ("spain", 12), ("netherlands", 6)),
    *(("norway", 5), ("iom_morocco", 5), ("switzerland", 3), ("united_kingdom", 3)),
)
OTHER_FUNDS: Final = wheel(
    ("eu_iom_joint_initiative", 60), ("spain", 14), ("netherlands", 10), ("norway", 8), ("italy", 8)
)
HOST_FUNDS: Final[Mapping[str, str]] = {
    "BE": "belgium",
    "DE": "germany",
    "NL": "netherlands",
    "IT": "italy",
    "CH": "switzerland",
    "ES": "spain",
    "NO": "norway",
    "GB": "united_kingdom",
}
HOSTS: Final = wheel(
    *(("DE", 34), ("BE", 24), ("NL", 22), ("IT", 18), ("ES", 14), ("CH", 10), ("FR", 14)),
    *(("SE", 6), ("NO", 5), ("GB", 4), ("AT", 4), ("TR", 6)),
)
REGIONS: Final = wheel(
    *(("tanger_tetouan_al_hoceima", 20), ("oriental", 28), ("fes_meknes", 18)),
    *(("rabat_sale_kenitra", 20), ("beni_mellal_khenifra", 30), ("casablanca_settat", 28)),
    *(("marrakech_safi", 14), ("draa_tafilalet", 5), ("souss_massa", 10)),
)
PROFILES: Final = wheel(
    *(("irregular_situation", 56), ("rejected_asylum", 24), ("student", 6), ("worker", 8)),
    ("vulnerable_health", 6),
)
PARTNERS: Final = wheel(
    *(("anapec", 41), ("indh_youth_platform", 25), ("fondation_orient_occident", 24), ("ahk", 10)),
)
PURPOSES: Final = wheel(
    *(("employment", 30), ("training", 24), ("entrepreneurship", 22), ("legal_form", 10)),
    *(("social_needs", 10), ("medical_needs", 4)),
)
OUTCOMES: Final = wheel(
    *(("pending", 26), ("accepted", 28), ("beneficiary", 30), ("refused", 6), ("no_follow_up", 10)),
)
# kind, how it is given, the least and the most it costs in MAD
ASSISTANCE: Final = wheel(
    (("voucher", "voucher", 200, 600), 38),
    (("medical", "service", 80, 900), 17),
    (("transport", "cash", 50, 350), 13),
    (("administrative_consular", "service", 100, 500), 12),
    (("housing", "service", 300, 1800), 8),
    (("non_food_items", "in_kind", 80, 300), 6),
    (("food", "in_kind", 80, 300), 3),
    (("clothing", "in_kind", 100, 300), 2),
    (("psychosocial", "service", 0, 0), 1),
)
ASSISTANCE_FUNDS: Final = wheel(
    ("iom_morocco", 34), ("eu_iom_joint_initiative", 36), ("spain", 12), ("switzerland", 18)
)
# kind and dimension of a reintegration
PROJECTS: Final = wheel(
    (("individual_business", "economic"), 52),
    (("collective_project", "economic"), 6),
    (("community_project", "economic"), 2),
    (("vocational_training", "economic"), 8),
    (("employment", "economic"), 4),
    (("housing", "social"), 8),
    (("health", "social"), 7),
    (("legal_documents", "social"), 3),
    (("psychosocial_support", "psychosocial"), 4),
)
CHILD_PROJECTS: Final = wheel(
    (("education", "social"), 7), (("health", "social"), 2), (("counselling", "psychosocial"), 2)
)
EXITS: Final = wheel(
    ("withdrawn", 52), ("not_eligible", 10), ("postponed", 16), ("lost_contact", 21)
)
RESETTLEMENT_COUNTRIES: Final = wheel(("US", 13), ("CA", 8), ("FR", 4), ("SE", 3))
MEN_AGES: Final = wheel(
    *((age, 9) for age in range(19, 33)), *((age, 3) for age in range(33, 46)), (50, 2), (58, 1)
)
WOMEN_AGES: Final = wheel(
    *((age, 9) for age in range(19, 36)), *((age, 3) for age in range(36, 48)), (53, 2), (62, 1)
)
FLIGHTS: Final = ("AT525", "AT533", "AT541", "AT555", "AT503", "AT573", "TK618", "AF1197")
OCCUPATIONS: Final = (
    *("Commerce", "Maçonnerie", "Coiffure", "Couture", "Agriculture", "Mécanique", "Cuisine"),
    *("Électricité", "Études", "Ménage", "Peinture", "Soudure", "Aucune"),
)
