"""frameworks, evidence, facts of other services, annual inspections"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.quality.frameworks import reference
from shared import migrations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Everybody reads frameworks. A published edition only learns the day it ends, also one the district did not write.
FRAMEWORKS = """
ALTER TABLE frameworks ENABLE ROW LEVEL SECURITY;
ALTER TABLE frameworks FORCE ROW LEVEL SECURITY;
CREATE POLICY loaded ON frameworks TO {owner} USING (true);
CREATE POLICY read_by_all ON frameworks FOR SELECT TO {app} USING (true);
CREATE POLICY written_in_scope ON frameworks FOR INSERT TO {app} WITH CHECK {scope};
CREATE POLICY changed_in_scope ON frameworks FOR UPDATE TO {app} USING (division = '' OR {scope});
GRANT SELECT, INSERT, UPDATE ON frameworks TO {app};
ALTER TABLE framework_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE framework_items FORCE ROW LEVEL SECURITY;
CREATE POLICY loaded ON framework_items TO {owner} USING (true);
CREATE POLICY read_by_all ON framework_items FOR SELECT TO {app} USING (true);
CREATE POLICY written_in_draft ON framework_items FOR INSERT TO {app} WITH CHECK ({scope}
  AND EXISTS (SELECT FROM frameworks f WHERE f.id = framework AND f.state = 'draft'));
CREATE POLICY removed_in_draft ON framework_items FOR DELETE TO {app} USING ({scope}
  AND EXISTS (SELECT FROM frameworks f WHERE f.id = framework AND f.state = 'draft'));
GRANT SELECT, INSERT, DELETE ON framework_items TO {app};
CREATE FUNCTION keep_published_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - ARRAY['until', 'version'] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['until', 'version'] THEN
    RAISE EXCEPTION 'a published edition is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_published_edition BEFORE UPDATE ON frameworks FOR EACH ROW WHEN (OLD.state = 'published')
  EXECUTE FUNCTION keep_published_edition();
"""


def upgrade() -> None:
    op.create_table(
        "frameworks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('guide', 'supervision', 'annual_inspection', 'norms', 'form')", name=op.f("ck_frameworks_kind")
        ),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("ck_frameworks_state")),
        sa.CheckConstraint("since < until", name=op.f("ck_frameworks_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frameworks")),
        sa.UniqueConstraint("code", "edition", name="edition_exists"),
    )
    op.create_table(
        "service_facts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("kind", "source", name=op.f("pk_service_facts")),
    )
    op.create_index("ix_service_facts_kindergarten", "service_facts", ["kindergarten", "kind"], unique=False)
    op.create_table(
        "steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    op.create_index("ix_steps_subject", "steps", ["subject", "id"], unique=False)
    op.create_table(
        "annual_inspections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("framework", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("assessed_by", sa.Text(), nullable=True),
        sa.Column("unmet", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("vetoed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("correction_due_on", sa.Date(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("appeal_until", sa.Date(), nullable=True),
        sa.Column("appealed_on", sa.Date(), nullable=True),
        sa.Column("appealed_by", sa.Text(), nullable=True),
        sa.Column("appeal_upheld", sa.Boolean(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("NOT vetoed OR result IS NULL OR result = 'failed'", name=op.f("veto_is_not_offset")),
        sa.CheckConstraint("result IN ('passed', 'conditional', 'failed')", name=op.f("ck_annual_inspections_result")),
        sa.CheckConstraint(
            "state IN ('open', 'submitted', 'assessed', 'correcting', 'decided', 'appealed', 'final')",
            name=op.f("ck_annual_inspections_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('decided', 'appealed', 'final') OR (result IS NOT NULL AND document IS NOT NULL)",
            name=op.f("decision_has_a_document"),
        ),
        sa.ForeignKeyConstraint(["framework"], ["frameworks.id"], name=op.f("fk_annual_inspections_framework")),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_annual_inspections_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_inspections")),
        sa.UniqueConstraint("kindergarten", "year", name="one_inspection_a_year"),
    )
    op.create_index(op.f("ix_annual_inspections_division"), "annual_inspections", ["division"], unique=False)
    op.create_index("ix_annual_inspections_year", "annual_inspections", ["year", "id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("items", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("serves", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("collected_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('document', 'record', 'photo', 'observation', 'interview', 'survey')",
            name=op.f("ck_evidence_kind"),
        ),
        sa.CheckConstraint("valid_until >= collected_on", name=op.f("evidence_ends_after_it_was_collected")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_evidence_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_kindergarten"), "evidence", ["kindergarten"], unique=False)
    op.create_index("ix_evidence_serves", "evidence", ["serves"], unique=False, postgresql_using="gin")
    op.create_table(
        "framework_items",
        sa.Column("framework", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_status", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=8, scale=3), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("hard", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("fed_by", sa.Text(), nullable=True),
        sa.Column("based_on", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.CheckConstraint("(text IS NULL) = (text_status = 'missing')", name=op.f("missing_text_is_marked")),
        sa.CheckConstraint(
            "answer IN ('none', 'yes_no', 'scale', 'text', 'count')", name=op.f("ck_framework_items_answer")
        ),
        sa.CheckConstraint("level IN ('area', 'indicator', 'point')", name=op.f("ck_framework_items_level")),
        sa.CheckConstraint(
            "text_status IN ('official', 'from_memory', 'missing', 'own')", name=op.f("ck_framework_items_text_status")
        ),
        sa.ForeignKeyConstraint(["framework"], ["frameworks.id"], name=op.f("fk_framework_items_framework")),
        sa.PrimaryKeyConstraint("framework", "code", name=op.f("pk_framework_items")),
    )
    op.create_table(
        "inspection_items",
        sa.Column("inspection", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("self_met", sa.Boolean(), nullable=False),
        sa.Column("self_note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("finding_note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("finding IN ('met', 'unmet', 'not_applicable')", name=op.f("ck_inspection_items_finding")),
        sa.ForeignKeyConstraint(["inspection"], ["annual_inspections.id"], name=op.f("fk_inspection_items_inspection")),
        sa.PrimaryKeyConstraint("inspection", "item", name=op.f("pk_inspection_items")),
    )
    migrations.sql(FRAMEWORKS, scope=migrations.SCOPE.format(kindergarten="NULL::uuid"))
    migrations.versioned("frameworks")
    migrations.scoped("evidence")
    migrations.scoped("service_facts")
    migrations.scoped("steps", rights="SELECT, INSERT")
    migrations.scoped("annual_inspections")
    migrations.versioned("annual_inspections")
    migrations.scoped("inspection_items")
    migrations.versioned("inspection_items", "inspection")
    reference.load(op.get_bind())
