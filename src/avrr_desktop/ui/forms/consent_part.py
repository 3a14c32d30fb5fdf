"""The consent of everybody registered at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.births import UNKNOWN_BIRTH, Birth
from avrr_desktop.core.facts import Facts, PersonFacts
from avrr_desktop.core.translation import tr
from avrr_desktop.people.papers import Consent
from avrr_desktop.people.person import PERSON
from avrr_desktop.ui.editors.terms import TermsEditor
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.record_fields import RecordFields
from avrr_desktop.ui.widgets.buttons import Button, Variant

CONSENT = next(child for child in PERSON.children if child.model is Consent)
_NAMES = ("given_on", "form", "certified_by", "purposes", "representative")
_ON_DEMAND = frozenset({"certified_by", "representative"})


class ConsentPart(RecordFields):
    """Who certified and the representative are asked for only where the rules want them."""

    def __init__(self, source: EditorSource) -> None:
        self._source = source
        self._birth = UNKNOWN_BIRTH
        super().__init__(
            RECORD_BY_KEY[CONSENT.key],
            source,
            {},
            prefix="consent-",
            names=_NAMES,
            also_hidden=self._unwanted,
        )
        self._mirrored: object = None
        self._add_all()

    def _add_all(self) -> None:
        box = self.boxes["purposes"]
        self.all_button = Button(tr("All"), Variant.LINK, small=True, name="consent-purposes-all")
        self.all_button.setAccessibleName(tr("Tick every purpose"))
        self.all_button.setToolTip("Ctrl+A")
        self.all_button.clicked.connect(self.tick_all)
        box.label_row.addWidget(self.all_button)
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll), box)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.tick_all)

    def tick_all(self) -> None:
        """Every purpose: the usual consent."""
        box = self.boxes["purposes"]
        terms = self._source.terms(box.field.spec.vocabulary, None)
        assert isinstance(box.editor, TermsEditor)
        box.editor.set_value(tuple(code for code, _ in terms))
        box.editor.changed.emit()

    def set_birth(self, birth: Birth) -> None:
        """Whose consent it is first: a child needs a representative."""
        self._birth = birth
        self.show_wanted()

    def mirror_day(self, day: object) -> None:
        """The consent is given on the day of the registration, until another day is typed."""
        box = self.boxes["given_on"]
        if box.value() in {None, self._mirrored}:
            box.editor.set_value(day)
            self._mirrored = day

    def row(self, *, is_needed: bool) -> dict[str, object] | None:
        """The consent, once something of it is typed or it is needed."""
        values = self.values()
        others = {name: value for name, value in values.items() if name != "given_on"}
        if not is_needed and all(value in {None, "", ()} for value in others.values()):
            return None
        return values

    def _unwanted(self, values: Mapping[str, object]) -> Iterable[str]:
        facts = Facts(self._source.today(), PersonFacts("", None, self._birth))
        wanted = {f.field for rule in CONSENT.rules for f in rule({**values}, facts)}
        blank = dict.fromkeys(_ON_DEMAND)
        wanted |= {f.field for rule in CONSENT.rules for f in rule({**values, **blank}, facts)}
        return {name for name in _ON_DEMAND - wanted if not values.get(name)}
