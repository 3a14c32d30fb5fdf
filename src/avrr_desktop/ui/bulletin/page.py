"""The texts and images of the bulletin: for every bulletin, or for one period's only."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.bulletin.content import INTRODUCTION
from avrr_desktop.services.bulletin.texts import (
    STANDING,
    place_texts,
    save_text,
)
from avrr_desktop.services.closing.held import closing_for
from avrr_desktop.services.closing.padlocks import padlocks
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.bulletin.images import ImagesPart, Shelf
from avrr_desktop.ui.bulletin.places import COVER, PLACES, PlacesModel, place_name
from avrr_desktop.ui.closing.words import said_period
from avrr_desktop.ui.editors.long_text import LongTextEditor
from avrr_desktop.ui.exchange.cards import labelled
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import BulletinTexts, Exchange
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.shell.status_bar import LANGUAGE_NAMES
from avrr_desktop.ui.summary.period_chooser import PeriodChooser
from avrr_desktop.ui.theme.tokens import Line, Space, Type, Width
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.delegates import CellDelegate
from avrr_desktop.ui.widgets.segmented import Segmented
from avrr_desktop.ui.widgets.surfaces import Bar, Card, PageScroll
from avrr_desktop.ui.widgets.text import Text

_LANGUAGES = (Language.FR, Language.AR, Language.EN)
_EVERY, _ONE = range(2)
_ROWS = 9
_NOTHING = Changed(0, (), frozenset(), frozenset())
Key = tuple[str, Language, str]  # a place, a language, a period or none


@dataclass(frozen=True, slots=True)
class TextsState:
    """Where one was, and what is typed."""

    period: Period
    language: int | None
    scope: int | None
    place: int
    typed: tuple[tuple[Key, str], ...]


class BulletinTextsPage(Page):
    """Places at the start side; the text and the images of one beside."""

    def __init__(self, context: Context, route: BulletinTexts) -> None:
        super().__init__(context, route)
        self.setObjectName("page-bulletin-texts")
        self._period = _first_period(context, route)
        self._typed: dict[Key, str] = {}
        self.chooser = PeriodChooser(
            self._period,
            context.register.clock.today(),
            padlocks(context.register),
        )
        self.languages = Segmented(
            list(LANGUAGE_NAMES.values()),
            optional=False,
            name="texts-language",
            accessible=tr("Language of the texts"),
        )
        self.languages.set_index(_LANGUAGES.index(screen_language()))
        self.scope = Segmented(
            [tr("Every bulletin"), tr("This period only")],
            optional=False,
            name="texts-scope",
            accessible=tr("Printed in"),
        )
        self.scope.set_index(_EVERY)
        self.images = ImagesPart(context)
        self._lay_out()
        self._connect()
        self.places.setCurrentIndex(self._model.index(PLACES.index(INTRODUCTION)))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.L, 0, 0)
        column.setSpacing(Space.M)
        column.addLayout(self._head())
        cards = QHBoxLayout()
        cards.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.M)
        cards.setSpacing(Space.CARD_GAP)
        cards.addWidget(self._places_card())
        cards.addWidget(self._text_card(), 1)
        column.addLayout(cards, 1)
        column.addWidget(self._action_bar())

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        head.setSpacing(Space.S)
        title = tr("Texts and images of the bulletin")
        self.crumbs = Breadcrumb([tr("Workbook and import"), title])
        self.crumbs.chosen.connect(lambda _rank: self.context.shell.open(Exchange()))
        head.addWidget(self.crumbs)
        head.addWidget(Text(title, Type.TITLE, name="page-title"))
        row = QHBoxLayout()
        row.setSpacing(Space.XL)
        for label, widget in (
            (tr("Language of the texts"), self.languages),
            (tr("Printed in"), self.scope),
            (tr("Period"), self.chooser),
        ):
            row.addLayout(labelled(label, widget))
        row.addStretch(1)
        head.addLayout(row)
        self._closed = Text(wrap=True, tone="warning", name="texts-closed")
        head.addWidget(self._closed)
        return head

    def _places_card(self) -> Card:
        card = Card("places-card", flush=True)
        card.setFixedWidth(Width.LISTS)
        self._model = PlacesModel(self)
        self.places = QListView()
        self.places.setObjectName("bulletin-places")
        self.places.setAccessibleName(tr("Parts of the bulletin"))
        self.places.setFrameShape(QFrame.Shape.NoFrame)
        self.places.setModel(self._model)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setItemDelegate(CellDelegate(self.places))
        self.places.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        card.body.addWidget(self.places, 1)
        return card

    def _text_card(self) -> Card:
        card = Card("text-card", flush=True)
        scroll = PageScroll("texts-scroll")
        inner = QVBoxLayout(scroll.page)
        padding = Space.CARD_PADDING
        inner.setContentsMargins(padding, padding, padding, padding)
        inner.setSpacing(Space.S)
        self._title = Text(role=Type.SECTION, name="place-title")
        inner.addWidget(self._title)
        self._help = Text(
            tr(
                "A line is a paragraph; “- ” at its start makes a bullet, an address alone on its"
                " line a link."
            ),
            Type.CAPTION,
            wrap=True,
        )
        inner.addWidget(self._help)
        # Without a limit: too long a text is refused when it is saved, never cut while pasted.
        self.text = LongTextEditor("bulletin-text", tr("Text"), rows=_ROWS)
        inner.addWidget(self.text)
        self._standing = Text(role=Type.CAPTION, wrap=True, name="texts-standing")
        inner.addWidget(self._standing)
        inner.addWidget(self.images)
        inner.addStretch(1)
        card.body.addWidget(scroll, 1)
        return card

    def _action_bar(self) -> Bar:
        bar = Bar("action", "texts-actions")
        end = Space.PAGE - Line.RING_ROOM
        bar.row.setContentsMargins(margins(Space.PAGE, Space.XS, end, Space.XS))
        self.save = Button(tr("Save"), Variant.PRIMARY, key="Ctrl+S", name="texts-save")
        self.save.setShortcut("Ctrl+S")
        self.save.clicked.connect(self.save_all)
        bar.row.addStretch(1)
        bar.row.addWidget(self.save)
        return bar

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._on_period)
        self.languages.chosen.connect(lambda _place: self._show())
        self.scope.chosen.connect(lambda _place: self._show())
        self.places.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.text.changed.connect(self._on_typed)

    @property
    def place(self) -> str:
        """The place shown."""
        return PLACES[max(self.places.currentIndex().row(), 0)]

    def _language(self) -> Language:
        return _LANGUAGES[self.languages.index() or 0]

    def _scope_code(self) -> str:
        return self._period.code if self.scope.index() == _ONE else STANDING

    def _key(self) -> Key:
        return self.place, self._language(), self._scope_code()

    def _show(self) -> None:
        """The text and the images of the place, as typed or as kept."""
        place, language, code = key = self._key()
        kept = place_texts(self.context.register, place, language, self._period.code)
        text = kept.own if code else kept.standing
        has_text = place != COVER
        for widget in (self.text, self._help):
            widget.setVisible(has_text)
        self._title.setText(place_name(place))
        self.text.set_value(self._typed.get(key, text))
        rtl, ltr = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        self.text.area.setLayoutDirection(rtl if language.is_rtl else ltr)
        is_own_empty = bool(code) and not kept.own and bool(kept.standing)
        self._standing.setText(
            tr("Empty: the text of every bulletin is printed.") if is_own_empty else ""
        )
        self._standing.setVisible(is_own_empty)
        self._show_closed()
        self.images.show_shelf(Shelf(place, code, language))

    def _show_closed(self) -> None:
        is_closed = closing_for(self.context.register, self._period) is not None
        said = said_period(self._period)
        text = tr("{period} is closed: its bulletin keeps what it was closed with.", period=said)
        self._closed.setText(text)
        self._closed.setVisible(is_closed)

    def _on_period(self, period: object) -> None:
        assert isinstance(period, Period)
        self._period = period
        self.context.period = period.code
        self._show()

    def _on_typed(self) -> None:
        self._typed[self._key()] = str(self.text.value() or "")

    def save_all(self) -> None:
        """Keep every text typed and every caption."""
        self.images.save()
        for key, text in list(self._typed.items()):
            if not self._save(key, text):
                return
            del self._typed[key]
        self._show()
        self.context.shell.say_saved(_NOTHING)

    def _save(self, key: Key, text: str) -> bool:
        place, language, code = key
        try:
            save_text(
                self.context.register,
                self.context.actor,
                text,
                place=place,
                language=language,
                period_code=code,
            )
        except UserError as error:
            said = word_error(error, translator(screen_language()))
            self.context.shell.say_failed(said, self.save_all)
            return False
        return True

    def nav_key(self) -> str:
        """Under the workbook and the bulletin."""
        return "exchange"

    def has_primary(self) -> bool:
        """Saving."""
        return True

    def has_changes(self) -> bool:
        """Whether a text is typed."""
        return bool(self._typed)

    def may_leave(self) -> bool:
        """Captions are kept; a text typed is asked about."""
        self.images.save()
        if not self.has_changes():
            return True
        from avrr_desktop.ui.shell.leave import may_discard

        return may_discard(self, tr("The texts you typed are not saved."))

    def state(self) -> TextsState:
        """Where one is, and what is typed."""
        return TextsState(
            self._period,
            self.languages.index(),
            self.scope.index(),
            self.places.currentIndex().row(),
            tuple(self._typed.items()),
        )

    def set_state(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, TextsState):
            return
        self._typed = dict(state.typed)
        self._period = state.period
        self.chooser.set_period(state.period)
        self.languages.set_index(state.language)
        self.scope.set_index(state.scope)
        self.places.setCurrentIndex(self._model.index(state.place))
        self._show()

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The choices, the places, the text."""
        return (self.languages, self.places, self.text)


def _first_period(context: Context, route: BulletinTexts) -> Period:
    code = route.period or context.period
    return parse_period(code) if code else semester_of(context.register.clock.today())
