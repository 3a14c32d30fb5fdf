"""The first register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "case_file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_table(
        "change",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=False),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.String(length=121), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("sequence"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_batch", "change", ["batch"], unique=False)
    op.create_index(
        "ix_change_record", "change", ["table_name", "record_id", "sequence"], unique=False
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "opening_balance",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=True),
        sa.Column("family_name_ar", sa.String(), nullable=True),
        sa.Column("given_name_ar", sa.String(), nullable=True),
        sa.Column("other_names", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("birth_typed", sa.String(), nullable=True),
        sa.Column("birth_precision", sa.String(), nullable=False),
        sa.Column("birth_first", sa.Date(), nullable=True),
        sa.Column("birth_last", sa.Date(), nullable=True),
        sa.Column("birth_source", sa.String(), nullable=True),
        sa.Column("nationality", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("marital_status", sa.String(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("arrived_in_morocco_on", sa.Date(), nullable=True),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("protection_notes", sa.String(), nullable=True),
        sa.Column("medical_notes", sa.String(), nullable=True),
        sa.Column("merged_into_id", sa.String(), nullable=True),
        sa.Column("anonymised_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_person_changed_seq", "person", ["changed_seq"], unique=False)
    op.create_index("ix_person_merged_into", "person", ["merged_into_id"], unique=False)
    op.create_index("ix_person_names", "person", ["family_name", "given_name"], unique=False)
    op.create_table(
        "register",
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("rules_version", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("uuid"),
    )
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sounds", sa.Text(), nullable=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id"),
    )
    op.create_index("ix_search_text_words", "search_text", ["words", "person_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "term",
        sa.Column("vocabulary", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("fr", sa.String(length=200), nullable=False),
        sa.Column("ar", sa.String(length=200), nullable=False),
        sa.Column("en", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("tag", sa.String(length=60), nullable=True),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("vocabulary", "code"),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("certified_by", sa.String(), nullable=True),
        sa.Column("representative", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_table(
        "direct_assistance",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("fund", sa.String(), nullable=True),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("receipt_number", sa.String(), nullable=True),
        sa.Column("receipt_signed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_direct_assistance_case_id"), "direct_assistance", ["case_id"], unique=False
    )
    op.create_index(
        "ix_direct_assistance_changed_seq", "direct_assistance", ["changed_seq"], unique=False
    )
    op.create_index(
        "ix_direct_assistance_given_on_person",
        "direct_assistance",
        ["given_on", "person_id"],
        unique=False,
    )
    op.create_index(
        "ix_direct_assistance_person_given_on",
        "direct_assistance",
        ["person_id", "given_on"],
        unique=False,
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("number_folded", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_document_number_folded", "document", ["number_folded"], unique=False)
    op.create_index(op.f("ix_document_person_id"), "document", ["person_id"], unique=False)
    op.create_table(
        "external_number",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("value_live", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_external_number_person_id"), "external_number", ["person_id"], unique=False
    )
    op.create_index("ux_external_number", "external_number", ["system", "value_live"], unique=True)
    op.create_table(
        "membership",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_membership_case_id"), "membership", ["case_id"], unique=False)
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_table(
        "person_languages",
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("owner_id", "code"),
    )
    op.create_table(
        "phone",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("belongs_to", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_phone_person_id"), "phone", ["person_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("fund", sa.String(), nullable=True),
        sa.Column("exception_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"], unique=False)
    op.create_index("ix_referral_changed_seq", "referral", ["changed_seq"], unique=False)
    op.create_index(
        "ix_referral_person_referred_on", "referral", ["person_id", "referred_on"], unique=False
    )
    op.create_index(
        "ix_referral_referred_on_person", "referral", ["referred_on", "person_id"], unique=False
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("contacted_on", sa.Date(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("situation", sa.String(), nullable=True),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.Column("screening_outcome", sa.String(), nullable=True),
        sa.Column("best_interests_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_registration_case_id"), "registration", ["case_id"], unique=False)
    op.create_index("ix_registration_changed_seq", "registration", ["changed_seq"], unique=False)
    op.create_index(
        "ix_registration_person_registered_on",
        "registration",
        ["person_id", "registered_on"],
        unique=False,
    )
    op.create_index(
        "ix_registration_registered_on_person",
        "registration",
        ["registered_on", "person_id"],
        unique=False,
    )
    op.create_table(
        "resettlement",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("selected_on", sa.Date(), nullable=True),
        sa.Column("exit_permit_on", sa.Date(), nullable=True),
        sa.Column("medical_on", sa.Date(), nullable=True),
        sa.Column("orientation_on", sa.Date(), nullable=True),
        sa.Column("fitness_on", sa.Date(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("departed_on", sa.Date(), nullable=True),
        sa.Column("flight", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("fund", sa.String(), nullable=True),
        sa.Column("exit_kind", sa.String(), nullable=True),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_resettlement_case_id"), "resettlement", ["case_id"], unique=False)
    op.create_index("ix_resettlement_changed_seq", "resettlement", ["changed_seq"], unique=False)
    op.create_index(
        "ix_resettlement_departed_on_person",
        "resettlement",
        ["departed_on", "person_id"],
        unique=False,
    )
    op.create_index(
        "ix_resettlement_person_departed_on",
        "resettlement",
        ["person_id", "departed_on"],
        unique=False,
    )
    op.create_table(
        "return_from_morocco",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("departed_on", sa.Date(), nullable=True),
        sa.Column("departure_place", sa.String(), nullable=True),
        sa.Column("flight", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("document_requested_on", sa.Date(), nullable=True),
        sa.Column("document_obtained_on", sa.Date(), nullable=True),
        sa.Column("authorisation_requested_on", sa.Date(), nullable=True),
        sa.Column("authorisation_obtained_on", sa.Date(), nullable=True),
        sa.Column("counselled_on", sa.Date(), nullable=True),
        sa.Column("fitness", sa.String(), nullable=True),
        sa.Column("fitness_on", sa.Date(), nullable=True),
        sa.Column("escort", sa.Boolean(), nullable=True),
        sa.Column("allowance", sa.Integer(), nullable=True),
        sa.Column("fund", sa.String(), nullable=True),
        sa.Column("exit_kind", sa.String(), nullable=True),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.Column("exit_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_return_from_morocco_case_id"), "return_from_morocco", ["case_id"], unique=False
    )
    op.create_index(
        "ix_return_from_morocco_changed_seq", "return_from_morocco", ["changed_seq"], unique=False
    )
    op.create_index(
        "ix_return_from_morocco_departed_on_person",
        "return_from_morocco",
        ["departed_on", "person_id"],
        unique=False,
    )
    op.create_index(
        "ix_return_from_morocco_person_departed_on",
        "return_from_morocco",
        ["person_id", "departed_on"],
        unique=False,
    )
    op.create_table(
        "return_to_morocco",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("host_country", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("profile", sa.String(), nullable=True),
        sa.Column("interviewed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_return_to_morocco_arrived_on_person",
        "return_to_morocco",
        ["arrived_on", "person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_return_to_morocco_case_id"), "return_to_morocco", ["case_id"], unique=False
    )
    op.create_index(
        "ix_return_to_morocco_changed_seq", "return_to_morocco", ["changed_seq"], unique=False
    )
    op.create_index(
        "ix_return_to_morocco_person_arrived_on",
        "return_to_morocco",
        ["person_id", "arrived_on"],
        unique=False,
    )
    op.create_table(
        "vulnerability",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_vulnerability_person_id"), "vulnerability", ["person_id"], unique=False
    )
    op.create_table(
        "cash_on_return",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("return_from_morocco_id", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("fund", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["return_from_morocco_id"],
            ["return_from_morocco.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_cash_on_return_case_id"), "cash_on_return", ["case_id"], unique=False)
    op.create_index(
        "ix_cash_on_return_changed_seq", "cash_on_return", ["changed_seq"], unique=False
    )
    op.create_index(
        "ix_cash_on_return_paid_on_person", "cash_on_return", ["paid_on", "person_id"], unique=False
    )
    op.create_index(
        "ix_cash_on_return_person_paid_on", "cash_on_return", ["person_id", "paid_on"], unique=False
    )
    op.create_index(
        op.f("ix_cash_on_return_return_from_morocco_id"),
        "cash_on_return",
        ["return_from_morocco_id"],
        unique=False,
    )
    op.create_table(
        "consent_partners",
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["consent.id"],
        ),
        sa.PrimaryKeyConstraint("owner_id", "code"),
    )
    op.create_table(
        "consent_purposes",
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["consent.id"],
        ),
        sa.PrimaryKeyConstraint("owner_id", "code"),
    )
    op.create_table(
        "referral_purposes",
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("owner_id", "code"),
    )
    op.create_table(
        "reintegration",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("return_from_morocco_id", sa.String(), nullable=True),
        sa.Column("return_to_morocco_id", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("modality", sa.String(), nullable=True),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=True),
        sa.Column("eligible_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("abandoned_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(return_from_morocco_id IS NULL) <> (return_to_morocco_id IS NULL)",
            name="ck_reintegration_one_return",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["return_from_morocco_id"],
            ["return_from_morocco.id"],
        ),
        sa.ForeignKeyConstraint(
            ["return_to_morocco_id"],
            ["return_to_morocco.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_reintegration_case_id"), "reintegration", ["case_id"], unique=False)
    op.create_index("ix_reintegration_changed_seq", "reintegration", ["changed_seq"], unique=False)
    op.create_index(
        "ix_reintegration_person_started_on",
        "reintegration",
        ["person_id", "started_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reintegration_return_from_morocco_id"),
        "reintegration",
        ["return_from_morocco_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reintegration_return_to_morocco_id"),
        "reintegration",
        ["return_to_morocco_id"],
        unique=False,
    )
    op.create_index(
        "ix_reintegration_started_on_person",
        "reintegration",
        ["started_on", "person_id"],
        unique=False,
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("reintegration_id", sa.String(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reintegration_id"],
            ["reintegration.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_delivery_reintegration_id"), "delivery", ["reintegration_id"], unique=False
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_seq", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_reason", sa.String(), nullable=True),
        sa.Column("reintegration_id", sa.String(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("wave", sa.String(), nullable=True),
        sa.Column("economic_score", sa.Integer(), nullable=True),
        sa.Column("social_score", sa.Integer(), nullable=True),
        sa.Column("psychosocial_score", sa.Integer(), nullable=True),
        sa.Column("composite_score", sa.Integer(), nullable=True),
        sa.Column("closes", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reintegration_id"],
            ["reintegration.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_visit_reintegration_id"), "visit", ["reintegration_id"], unique=False)

    op.execute(
        """CREATE VIRTUAL TABLE search_index USING fts5(
        words, sounds, digits, content='search_text', content_rowid='id',
        detail='column', prefix='2 3', tokenize="unicode61 remove_diacritics 0")"""
    )
    op.execute(
        """CREATE TRIGGER search_text_added AFTER INSERT ON search_text BEGIN
        INSERT INTO search_index(rowid, words, sounds, digits)
        VALUES (new.id, new.words, new.sounds, new.digits); END"""
    )
    op.execute(
        """CREATE TRIGGER search_text_removed AFTER DELETE ON search_text BEGIN
        INSERT INTO search_index(search_index, rowid, words, sounds, digits)
        VALUES ('delete', old.id, old.words, old.sounds, old.digits); END"""
    )
    op.execute(
        """CREATE TRIGGER change_is_append_only_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the change journal is append-only'); END"""
    )
    op.execute(
        """CREATE TRIGGER change_is_append_only_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the change journal is append-only'); END"""
    )


def downgrade() -> None:
    """Nothing came before."""
    bind = op.get_bind()
    op.execute("DROP TABLE search_index")
    op.execute("DROP TRIGGER change_is_append_only_update")
    op.execute("DROP TRIGGER change_is_append_only_delete")
    metadata = sa.MetaData()
    metadata.reflect(bind)
    for table in metadata.tables.values():
        if table.name != "alembic_version":
            op.drop_table(table.name)
