"""Draws every component to PNG files, to look at them: ``python -m tests.ui.gallery FOLDER``."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import set_screen_language, tr
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.birth import BirthEditor
from avrr_desktop.ui.editors.day import DateEditor
from avrr_desktop.ui.editors.long_text import LongTextEditor
from avrr_desktop.ui.editors.numbers import AmountEditor
from avrr_desktop.ui.editors.term import TermCombo, TermEditor
from avrr_desktop.ui.editors.terms import TermsEditor
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.editors.tick import TickEditor
from avrr_desktop.ui.editors.yes_no import YesNoEditor
from avrr_desktop.ui.theme.apply import apply_theme
from avrr_desktop.ui.theme.tokens import Scheme, Space, Type
from avrr_desktop.ui.widgets.avatar import Avatar, initials
from avrr_desktop.ui.widgets.banners import Banner, ErrorBanner, FieldIssue
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.charts import Bar, BarChart, MonthColumns
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip, ChipRow, pending_chip
from avrr_desktop.ui.widgets.delegates import ChipDelegate, FigureDelegate, NameDelegate
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.figures import FigureCard
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.formats import delta_text, ltr, number_text
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.keycap import KeyCap
from avrr_desktop.ui.widgets.navigation import NavItem
from avrr_desktop.ui.widgets.roles import CellRole, ShownName
from avrr_desktop.ui.widgets.surfaces import Card, SectionTitle, Surface
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
ARABIC = {
    "Enregistrements": "التسجيلات",
    "Retours depuis le Maroc": "العودة من المغرب",
    "dont non accompagné-e-s": "منهم غير المصحوبين",
    "Hommes": "رجال",
    "Femmes": "نساء",
    "Guinée": "غينيا",
    "Côte d’Ivoire": "كوت ديفوار",
    "Mali": "مالي",
    "Enregistrer": "حفظ",
    "Annuler": "إلغاء",
    "Date de départ": "تاريخ المغادرة",
    "Pays": "البلد",
    "Oui": "نعم",
    "Non": "لا",
    "Aujourd’hui": "اليوم",
    "Synthèse": "الملخص",
    "Montant": "المبلغ",
}
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


def t(text: str) -> str:
    from avrr_desktop.core.translation import screen_language

    return ARABIC.get(text, text) if screen_language() is Language.AR else text


class Figures(QAbstractTableModel):
    ROWS = (
        ("Enregistrements", 1017, 428, 0, 1732, False),
        ("Retours depuis le Maroc", 583, 232, 0, 938, False),
        ("dont non accompagné-e-s", 0, 2, 3, 5, True),
        ("", None, None, None, None, False),
        ("Réinstallation", 9, 8, 0, 28, False),
    )
    HEADS = ("Partie du bulletin", "Hommes", "Femmes", "Non dét.", "Total", "Écart")

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return len(self.ROWS)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return len(self.HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return t(self.HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.ROWS[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if column == 0:
                return t(row[0])
            if column == 5:
                return "" if row[4] is None else delta_text(int(row[4]), 1015)
            value = row[column]
            return "" if value is None else number_text(int(value))
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        flags = {
            CellRole.TOTAL: column == 4 and row[4] is not None,
            CellRole.BOLD: column == 0 and not row[5],
            CellRole.SUB: row[5],
            CellRole.GAP: row[4] is None,
            CellRole.DIFFERENCE: column == 5 and index.row() == 1,
        }
        return flags.get(CellRole(role)) if role in set(CellRole) else None


class Names(QAbstractTableModel):
    ROWS = (
        (ShownName("KONÉ", "Aïcha", "عائشة كوني"), "29 ans", "RBA-2023-0417"),
        (ShownName("SANGARÉ", "Modibo", "موديبو سنغاري"), "41 ans", "RBA-2023-0388"),
        (ShownName("NGO BIYONG", "Estelle", "إستيل نغو بيونغ"), "31 ans", "CAS-2023-0098"),
    )

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return len(self.ROWS)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return ("Nom et prénom", "Âge", "Dossier", "Raisons")[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        name, age, case = self.ROWS[index.row()]
        column = index.column()
        if role == CellRole.NAME:
            return name if column == 0 else None
        if role == CellRole.CHIPS and column == 3:
            return (
                ChipSpec("Compté", ChipKind.OK),
                ChipSpec("Départ hors période", ChipKind.REASON),
                ChipSpec("Sans date", ChipKind.WARNING),
            )
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            return Qt.CheckState.Checked if index.row() < 2 else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole and column in {1, 2}:
            return age if column == 1 else ltr(case)
        if role == CellRole.LINK:
            return column == 2
        return None


def labelled(text: str, editor: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    column.addWidget(Text(t(text), Type.CAPTION))
    column.addWidget(editor)
    column.addStretch(1)
    return box


def row(*widgets: QWidget) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(Space.XS)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return box


def nav() -> QWidget:
    box = Surface("nav")
    column = QVBoxLayout(box)
    column.setSpacing(0)
    today = NavItem(t("Aujourd’hui"), "calendar-check")
    today.set_count(23)
    summary = NavItem(t("Synthèse"), "chart-column")
    summary.setChecked(True)
    for item in (today, summary, NavItem("Aide", "circle-question-mark", key="F1")):
        column.addWidget(item)
    column.addStretch(1)
    box.setFixedWidth(220)
    return box


def components() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 20, 20, 20)
    column.addWidget(Breadcrumb(["Synthèse 2023-S1", t("Retours depuis le Maroc"), "Total"]))
    column.addWidget(Text("938 personnes retournées depuis le Maroc", Type.TITLE))
    disabled = Button("Figer 2023-S1", icon="lock")
    disabled.setEnabled(False)
    column.addWidget(
        row(
            Button("Nouvel enregistrement", Variant.PRIMARY, icon="plus"),
            Button(t("Enregistrer"), key="Ctrl+S"),
            Button("Enregistrer et suivant", Variant.PRIMARY, key="Ctrl+Entrée"),
            Button(t("Annuler"), Variant.QUIET, key="Échap"),
            Button("Supprimer", Variant.DANGER, icon="trash-2"),
            disabled,
            Button("Ouvrir", Variant.LINK),
            Button("Colonnes", small=True, arrow=True),
            Button("", icon="chevron-left", accessible="Période précédente"),
        )
    )
    column.addWidget(all_chips())
    for banner in banners():
        column.addWidget(banner)
    column.addWidget(figure_cards())
    column.addWidget(panels())
    return page


def all_chips() -> QWidget:
    chips = QWidget()
    flow = FlowLayout(chips)
    for kind in ChipKind:
        flow.addWidget(Chip({ChipKind.COUNT: "47"}.get(kind, kind.value), kind))
    flow.addWidget(pending_chip())
    flow.addWidget(Chip("Ouvert", ChipKind.OK, icon="pencil"))
    flow.addWidget(KeyCap("Entrée"))
    flow.addWidget(ChipRow([ChipSpec(f"raison {i}") for i in range(5)]))
    return chips


def banners() -> list[QWidget]:
    errors = ErrorBanner()
    errors.set_issues(
        [FieldIssue("a", "Laissez-passer obtenu le"), FieldIssue("b", t("Montant"), is_error=False)]
    )
    return [
        errors,
        Banner("Personne fusionnée.", "ok", action=t("Annuler"), key="Ctrl+Z"),
        Banner("Le registre est en lecture seule.", "warning"),
    ]


def figure_cards() -> QWidget:
    cards = QWidget()
    line = QHBoxLayout(cards)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(Space.CARD_GAP)
    first = FigureCard(
        t("Enregistrements"), number_text(1732), delta_text(1732, 1604), "Bouche-à-oreille 49 %"
    )
    second = FigureCard(
        t("Retours depuis le Maroc"), "938", delta_text(938, 1015), "17 pays · délai 43 jours"
    )
    second.set_pending(True)
    line.addWidget(first)
    line.addWidget(second)
    line.addWidget(Avatar(initials("KONÉ", "Aïcha")))
    line.addWidget(Avatar(initials("كوني", "عائشة"), 56))
    return cards


def panels() -> QWidget:
    middle = QWidget()
    line = QHBoxLayout(middle)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(nav())
    panel = Card()
    panel.add_header("Retours par pays", TabBar([Tab("Pays"), Tab("Canal")], pills=True))
    bars = [
        Bar(t("Guinée"), 243, "26 %"),
        Bar(t("Côte d’Ivoire"), 219, "23 %", "chart2"),
        Bar(t("Mali"), 97, "10 %", "chart3"),
        Bar("Gambie", 0, "0 %"),
    ]
    panel.body.addWidget(BarChart("Retours par pays", bars))
    panel.body.addStretch(1)
    line.addWidget(panel, 1)
    months = Card()
    months.body.addWidget(
        MonthColumns("Mois", [("janv.", 12), ("févr.", 143), ("mars", 90), ("avr.", 0)])
    )
    months.body.addWidget(IconText("circle-check", "Enregistré à 10:42", tone="ok"))
    line.addWidget(months, 1)
    line.addWidget(EmptyState("Aucun retour en août 2023. 3 départs sont prévus.", "Voir"), 1)
    return middle


def tables() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 20, 20, 20)
    column.setSpacing(Space.CARD_GAP)
    card = Card(flush=True)
    card.add_header("Parties du bulletin", KeyCap("Entrée"))
    figures = TableView("figures", cells=True)
    figures.setModel(Figures(figures))
    figures.setItemDelegate(FigureDelegate(figures))
    figures.setCurrentIndex(figures.model().index(1, 4))
    figures.horizontalHeader().resizeSection(0, 260)
    card.body.addWidget(figures)
    column.addWidget(card, 3)
    people = Card(flush=True)
    people.body.addWidget(TabBar([Tab("Comptées", 938), Tab("Non comptées", 47)]))
    names = TableView("names")
    names.setModel(Names(names))
    names.setItemDelegateForColumn(0, NameDelegate(names))
    names.setItemDelegateForColumn(3, ChipDelegate(names))
    names.setSortingEnabled(True)
    names.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    names.resizeColumnsToContents()
    names.horizontalHeader().setStretchLastSection(True)
    names.selectRow(1)
    people.body.addWidget(names)
    column.addWidget(people, 2)
    return page


def form() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(20, 20, 20, 20)
    grid.setHorizontalSpacing(Space.M + 2)
    grid.addWidget(SectionTitle("Départ"), 0, 0, 1, 2)
    for place, (text, editor) in enumerate(fields()):
        grid.addWidget(labelled(text, editor), 1 + place // 2, place % 2)
    grid.setRowStretch(20, 1)
    return page


def fields() -> list[tuple[str, Editor]]:
    countries = [("GIN", t("Guinée")), ("CIV", t("Côte d’Ivoire")), ("MLI", t("Mali"))]
    wrong = DateEditor("wrong", "d", today=lambda: date(2023, 7, 5))
    wrong.set_text("31/02/2023")
    wrong.set_state("error")
    departed = DateEditor("departed", "d", today=lambda: date(2023, 7, 5))
    departed.set_value(date(2023, 6, 28))
    country = TermEditor("country", "c", countries)
    country.set_value("GIN")
    amount = AmountEditor("amount", "a", unit="MAD")
    amount.set_value(900000)
    amount.set_state("confirm")
    number = TextEditor("number", "n", script="ltr")
    number.set_value("LP-GN 0914-23")
    arabic = TextEditor("arabic", "n", script="rtl")
    arabic.set_value("مامادو عليو ديالو")
    yes = YesNoEditor("yes", "y")
    yes.set_value(True)
    many = TermsEditor("many", "m", [*countries, ("SEN", "Sénégal"), ("GMB", "Gambie")])
    many.set_value(["GIN", "MLI"])
    notes = LongTextEditor("notes", "n")
    notes.set_value("Attendu à l’aéroport par son frère.")
    tick = TickEditor("tick", "Escorte demandée")
    tick.set_value(True)
    off = TermEditor("off", "c", countries)
    off.set_read_only(True)
    return [
        ("Date de départ", departed),
        ("Obtenu le", wrong),
        ("Obtenue le", DateEditor("empty", "d", today=lambda: date(2023, 7, 5))),
        ("Pays", country),
        ("Montant", amount),
        ("Numéro", number),
        ("Nom arabe", arabic),
        ("Naissance", BirthEditor("birth", "b")),
        ("Escorte", yes),
        ("Non dit", YesNoEditor("unset", "u")),
        ("Vulnérabilités", many),
        ("Remarques", notes),
        ("", tick),
        ("Fermé", off),
    ]


def popups(folder: Path, suffix: str) -> None:
    page = form()
    page.resize(620, 700)
    page.show()
    departed = page.findChild(DateEditor, "editor-departed")
    assert isinstance(departed, DateEditor)
    departed.open_calendar()
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QWidget)
    popup.grab().save(str(folder / f"calendar-{suffix}.png"))
    popup.close()
    long = TermCombo(page)
    labels = ("Guinée", "Guinée-Bissau", "Guinée équatoriale", "Côte d’Ivoire", "Mali", "Sénégal")
    long.set_terms([(str(i), text) for i, text in enumerate(labels * 3)], optional=True)
    long.setFixedWidth(260)
    long.show()
    long.open_list("guin")
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QWidget)
    popup.grab().save(str(folder / f"terms-{suffix}.png"))
    popup.close()
    page.close()


def main(folder: Path, language: Language) -> None:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    set_screen_language(language)
    scale = os.environ.get("QT_SCALE_FACTOR", "1")
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        apply_theme(app, scheme, language, RESOURCES)
        for name, make, size in (
            ("components", components, (1180, 860)),
            ("tables", tables, (900, 560)),
            ("form", form, (620, 700)),
        ):
            page = make()
            page.setWindowTitle(tr("AVRR"))
            page.resize(*size)
            page.show()
            page.activateWindow()
            focused = page.findChild(QWidget, "departed") or page.findChild(QWidget, "names")
            focused = focused or page.findChild(QWidget, "button-plus")
            if focused is not None:
                focused.setFocus()
            app.processEvents()
            page.grab().save(str(folder / f"{name}-{language}-{scheme}-{scale}.png"))
            page.close()
        popups(folder, f"{language}-{scheme}-{scale}")


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target, Language(sys.argv[2] if len(sys.argv) > 2 else "fr"))
