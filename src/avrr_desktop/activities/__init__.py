"""The activities of the programme, one file each; this list is the only one."""

from __future__ import annotations

from avrr_desktop.activities import (
    cash_on_return,
    direct_assistance,
    referral,
    registration,
    reintegration,
    resettlement,
    return_from_morocco,
    return_to_morocco,
)
from avrr_desktop.core.specs import Activity, CountedSection, Record
from avrr_desktop.people.base import choice_fields_of, choice_table
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.opening_balance import OPENING_BALANCE
from avrr_desktop.people.person import PERSON

ACTIVITIES: tuple[Activity, ...] = (
    registration.ACTIVITY,
    return_from_morocco.ACTIVITY,
    direct_assistance.ACTIVITY,
    reintegration.ACTIVITY,
    cash_on_return.ACTIVITY,
    return_to_morocco.ACTIVITY,
    referral.ACTIVITY,
    resettlement.ACTIVITY,
)
RECORDS: tuple[Record, ...] = (PERSON, CASE_FILE, *ACTIVITIES, OPENING_BALANCE)

# Every record by its key, children too; the key is also the name of its table.
RECORD_BY_KEY: dict[str, Record] = {
    record.key: record for top in RECORDS for record in (top, *top.children)
}
ACTIVITY_BY_KEY: dict[str, Activity] = {activity.key: activity for activity in ACTIVITIES}
SECTIONS: dict[str, tuple[Activity, CountedSection]] = {
    section.key: (activity, section) for activity in ACTIVITIES for section in activity.counted
}

for _record in RECORD_BY_KEY.values():
    for _choice in choice_fields_of(_record.model):
        choice_table(_record.model, _choice.name)
