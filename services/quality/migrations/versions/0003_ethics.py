"""ethics: sealed cases, commitments and appraisals, bars from employment"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Need-to-know: who is named on the case; before anyone is, who is appointed to take reports up. Scope holds besides.
# No history is kept in row_history and no event announced: both are read by everyone in scope.
SEALED = """
ALTER TABLE ethics_cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE ethics_cases FORCE ROW LEVEL SECURITY;
CREATE POLICY need_to_know ON ethics_cases FOR SELECT TO {app} USING ({scope} AND {known});
CREATE POLICY need_to_change ON ethics_cases FOR UPDATE TO {app} USING ({scope} AND {known});
CREATE POLICY reported ON ethics_cases FOR INSERT TO {app}
  WITH CHECK ({scope} AND state = 'reported' AND need_to_know = '{{}}');
CREATE POLICY answered_by_receipt ON ethics_cases FOR SELECT TO {sequencer} USING (true);
GRANT SELECT, INSERT, UPDATE ON ethics_cases TO {app};
GRANT SELECT (receipt_digest, state) ON ethics_cases TO {sequencer};

ALTER TABLE ethics_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE ethics_steps FORCE ROW LEVEL SECURITY;
CREATE POLICY with_its_case ON ethics_steps TO {app}
  USING (EXISTS (SELECT FROM ethics_cases c WHERE c.id = case_id));
GRANT SELECT, INSERT ON ethics_steps TO {app};

ALTER TABLE ethics_readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE ethics_readings FORCE ROW LEVEL SECURITY;
CREATE POLICY with_its_case ON ethics_readings TO {app}
  USING (EXISTS (SELECT FROM ethics_cases c WHERE c.id = case_id));
GRANT SELECT, INSERT ON ethics_readings TO {app};

ALTER TABLE employment_bars ENABLE ROW LEVEL SECURITY;
ALTER TABLE employment_bars FORCE ROW LEVEL SECURITY;
CREATE POLICY with_its_case ON employment_bars TO {app}
  USING (EXISTS (SELECT FROM ethics_cases c WHERE c.id = case_id));
CREATE POLICY answered_yes_or_no ON employment_bars FOR SELECT TO {sequencer} USING (true);
GRANT SELECT, INSERT ON employment_bars TO {app};
GRANT UPDATE (lifted_on) ON employment_bars TO {app};
GRANT SELECT (person, since, until, lifted_on) ON employment_bars TO {sequencer};

ALTER TABLE employment_bar_queries ENABLE ROW LEVEL SECURITY;
ALTER TABLE employment_bar_queries FORCE ROW LEVEL SECURITY;
CREATE POLICY own_receipts ON employment_bar_queries TO {app}
  USING (actor = (SELECT current_setting('app.actor', true)));
GRANT SELECT, INSERT ON employment_bar_queries TO {app};

-- Each function that steps over a seal answers one word and belongs to a role that can do nothing else.
CREATE FUNCTION ethics_report_status(digest bytea) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN state = 'reported' THEN 'received'
              WHEN state IN ('dismissed', 'final', 'revoked') THEN 'closed' ELSE 'in_progress' END
  FROM ethics_cases WHERE receipt_digest = digest
$$;
CREATE FUNCTION is_barred(whom bytea, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM employment_bars
                 WHERE person = whom AND since <= day AND until > day AND lifted_on IS NULL)
$$;
GRANT CREATE ON SCHEMA public TO {sequencer};
ALTER FUNCTION ethics_report_status(bytea) OWNER TO {sequencer};
ALTER FUNCTION is_barred(bytea, date) OWNER TO {sequencer};
REVOKE CREATE ON SCHEMA public FROM {sequencer};
REVOKE EXECUTE ON FUNCTION ethics_report_status(bytea), is_barred(bytea, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ethics_report_status(bytea), is_barred(bytea, date) TO {app};
"""
KNOWN = (
    "((SELECT current_setting('app.actor', true)) = ANY (need_to_know) OR (need_to_know = '{}'"
    " AND EXISTS (SELECT FROM ethics_handlers h WHERE h.account = (SELECT current_setting('app.actor', true))"
    " AND h.ended_on IS NULL AND ethics_cases.division ^@ h.division)))"
)


def upgrade() -> None:
    op.create_table(
        "employment_bar_queries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("barred", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_bar_queries")),
    )
    op.create_table(
        "ethics_handlers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("appointed_by", sa.Text(), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ethics_handlers")),
    )
    op.create_index(
        "uq_ethics_handlers_account",
        "ethics_handlers",
        ["division", "account"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "ethics_appraisals",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("appraised_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "result IN ('excellent', 'qualified', 'barely_qualified', 'unqualified')",
            name=op.f("ck_ethics_appraisals_result"),
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_ethics_appraisals_kindergarten")),
        sa.PrimaryKeyConstraint("kindergarten", "year", "staff", name=op.f("pk_ethics_appraisals")),
    )
    op.create_table(
        "ethics_cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("need_to_know", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("receipt_digest", postgresql.BYTEA(), nullable=False),
        sa.Column("contact_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("behaviours", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("harms_children", sa.Boolean(), nullable=False),
        sa.Column("accused_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("accused_number_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("accused_blind", postgresql.BYTEA(), nullable=True),
        sa.Column("accused_account", sa.Text(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("protection", sa.Text(), nullable=True),
        sa.Column("police_on", sa.Date(), nullable=True),
        sa.Column("police_unit", sa.Text(), nullable=True),
        sa.Column("police_receipt", sa.Text(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("investigated_by", sa.Text(), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("statement_until", sa.Date(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("confirmed_behaviours", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("norms", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("serious", sa.Boolean(), nullable=True),
        sa.Column("sanctions", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("leader_accountability", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("appeal_until", sa.Date(), nullable=True),
        sa.Column("appealed_on", sa.Date(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("appeal_upheld", sa.Boolean(), nullable=True),
        sa.Column("veto_source", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "NOT harms_children OR police_on IS NOT NULL OR state IN ('reported', 'investigating')",
            name=op.f("police_know_of_harm_to_children"),
        ),
        sa.CheckConstraint(
            "source IN ('staff', 'guardian', 'public', 'inspection', 'police', 'media')",
            name=op.f("ck_ethics_cases_source"),
        ),
        sa.CheckConstraint(
            "state = 'reported' OR cardinality(need_to_know) > 0", name=op.f("accepted_case_names_its_members")
        ),
        sa.CheckConstraint(
            "state IN ('reported', 'investigating', 'investigated', 'notified', 'decided', 'appealed', 'final', 'revoked', 'dismissed')",
            name=op.f("ck_ethics_cases_state"),
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_ethics_cases_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ethics_cases")),
    )
    op.create_index("ix_ethics_cases_receipt", "ethics_cases", ["receipt_digest"], unique=True)
    op.create_table(
        "ethics_commitments",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("norms_edition", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_ethics_commitments_kindergarten")
        ),
        sa.PrimaryKeyConstraint("kindergarten", "year", "staff", name=op.f("pk_ethics_commitments")),
    )
    op.create_table(
        "ethics_rosters",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("staff", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_ethics_rosters_kindergarten")),
        sa.PrimaryKeyConstraint("kindergarten", "year", name=op.f("pk_ethics_rosters")),
    )
    op.create_table(
        "employment_bars",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("person", postgresql.BYTEA(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("since < until", name=op.f("ck_employment_bars_period")),
        sa.ForeignKeyConstraint(["case_id"], ["ethics_cases.id"], name=op.f("fk_employment_bars_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_bars")),
    )
    op.create_index(op.f("ix_employment_bars_case_id"), "employment_bars", ["case_id"], unique=False)
    op.create_index("ix_employment_bars_person", "employment_bars", ["person"], unique=False)
    op.create_table(
        "ethics_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["ethics_cases.id"], name=op.f("fk_ethics_readings_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ethics_readings")),
    )
    op.create_index(op.f("ix_ethics_readings_case_id"), "ethics_readings", ["case_id"], unique=False)
    op.create_table(
        "ethics_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["ethics_cases.id"], name=op.f("fk_ethics_steps_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ethics_steps")),
    )
    op.create_index(op.f("ix_ethics_steps_case_id"), "ethics_steps", ["case_id"], unique=False)
    migrations.scoped("ethics_handlers", kindergarten="")
    migrations.sql(SEALED, scope=migrations.SCOPE.format(kindergarten="kindergarten"), known=KNOWN)
    for table in ("ethics_rosters", "ethics_commitments", "ethics_appraisals"):
        migrations.scoped(table)
        migrations.versioned(table, "kindergarten")
