"""The pages one came through, to go back to them as they were left."""

from __future__ import annotations

from avrr_desktop.ui.routes import Route, Visit

_DEPTH = 50


class History:
    """Visits, the latest last."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []

    def leave(self, route: Route, state: object) -> None:
        """Remember a page that is left; two visits in a row of one page are one."""
        if self._visits and self._visits[-1].route == route:
            self._visits.pop()
        self._visits.append(Visit(route, state))
        del self._visits[:-_DEPTH]

    def back(self) -> Visit | None:
        """The page before, taken out; None at the first."""
        return self._visits.pop() if self._visits else None

    def forget(self, draft: str) -> None:
        """A form that goes on on another page comes back from there alone."""
        self._visits = [
            Visit(visit.route) if getattr(visit.state, "draft", "") == draft else visit
            for visit in self._visits
        ]

    @property
    def is_empty(self) -> bool:
        """Whether there is no page to go back to."""
        return not self._visits
