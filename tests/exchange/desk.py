"""What the tests of the exchange share: a register and short ways to fill it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.exchange import plan_import, run_import
from avrr_desktop.services.exchange.plan import ImportPlan
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

CONSENT = {
    "given_on": date(2023, 1, 2),
    "form": "written",
    "purposes": ("partner_sharing", "return", "statistics"),
    "partners": (),
}


@dataclass(frozen=True)
class Desk:
    register: Register
    records: Records
    folder: Path

    def person(self, family: str, given: str, **values: object) -> str:
        """A new person who consents to everything; gives the id."""
        draft = Draft(
            "person",
            {
                "family_name": family,
                "given_name": given,
                "sex": "woman",
                "birth_typed": "12/03/1994",
                "nationality": "CI",
                "consent": (CONSENT,),
                **values,
            },
        )
        return self.records.save(self.register.local_actor, draft, confirm_all="test").ids[0]

    def save(self, record: str, **values: object) -> str:
        """A new record, confirmed; gives the id."""
        draft = Draft(record, values)
        return self.records.save(self.register.local_actor, draft, confirm_all="test").ids[0]

    def number(self, person_id: str) -> str:
        return str(self.records.read("person", person_id).values["number"])

    def plan(self, path: Path) -> ImportPlan:
        return plan_import(self.register, path)

    def bring_in(self, path: Path, reason: str = "checked") -> ImportPlan:
        """Plan the import of a file and carry it out."""
        plan = self.plan(path)
        run_import(self.register, self.records, self.register.local_actor, plan, reason)
        return plan
