"""What a role may do, in the three languages. Roles themselves are the list ``user_role``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from avrr_desktop.core.labels import Label
from avrr_desktop.core.permissions import Permission

# What is refused, as the end of a sentence: "Your role does not allow this: …".
PERMISSION_LABELS: Final[Mapping[Permission, Label]] = {
    Permission.FIGURES: Label("voir les chiffres", "الاطلاع على الأرقام", "see figures"),
    Permission.NAMES: Label(
        "voir les noms des personnes", "الاطلاع على أسماء الأشخاص", "see the names of persons"
    ),
    Permission.RECORD: Label(
        "enregistrer ou modifier une fiche", "تسجيل البطاقات أو تعديلها", "enter or change records"
    ),
    Permission.IMPORT: Label("importer un classeur", "استيراد مصنف", "import a workbook"),
    Permission.MERGE: Label("fusionner des dossiers", "دمج ملفات", "merge files"),
    Permission.EXPORT_NAMES: Label(
        "exporter des listes nominatives", "تصدير قوائم اسمية", "export lists of names"
    ),
    Permission.CLOSE: Label(
        "clôturer et publier un semestre", "إقفال سداسي ونشره", "close and publish a semester"
    ),
    Permission.JOURNAL: Label("lire le journal", "قراءة السجل", "read the journal"),
    Permission.LISTS: Label(
        "modifier les listes et les réglages du bureau",
        "تعديل القوائم وإعدادات المكتب",
        "change the lists and the office's settings",
    ),
    Permission.USERS: Label(
        "gérer les utilisateurs et les clés", "إدارة المستخدمين والمفاتيح", "manage users and keys"
    ),
    Permission.RESTORE: Label(
        "restaurer une sauvegarde", "استعادة نسخة احتياطية", "restore a backup"
    ),
    Permission.ERASE: Label(
        "anonymiser des dossiers", "إخفاء هوية أصحاب الملفات", "anonymise files"
    ),
    Permission.MOVE: Label(
        "déplacer le registre vers un autre PC",
        "نقل السجل إلى حاسوب آخر",
        "move the register to another PC",
    ),
    Permission.RESTRICTED: Label(
        "lire les notes à lecture restreinte",
        "قراءة الملاحظات محدودة الاطلاع",
        "read notes whose reading is restricted",
    ),
}
