"""self-checks counted by month, hazards counted from their index"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "z03"
down_revision = "l01"
branch_labels = None
depends_on = None

# Transition rows are those really stored: a check sent again is not counted again. Always in one order, so that two
# uploads wait and never for each other.
COUNTING = """
CREATE FUNCTION count_self_checks() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO self_check_months (kindergarten, code, month, division, made)
  SELECT kindergarten, code, CAST(date_trunc('month', first_day) AS date), min(division), count(*)
  FROM fresh WHERE due GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (kindergarten, code, month) DO UPDATE SET made = self_check_months.made + excluded.made;
  RETURN NULL;
END $$;
CREATE TRIGGER count_self_checks AFTER INSERT ON self_checks REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION count_self_checks();
ALTER TABLE self_checks NO FORCE ROW LEVEL SECURITY;
ALTER TABLE self_check_months NO FORCE ROW LEVEL SECURITY;
INSERT INTO self_check_months (kindergarten, code, month, division, made)
SELECT kindergarten, code, CAST(date_trunc('month', first_day) AS date), min(division), count(*)
FROM self_checks WHERE due GROUP BY 1, 2, 3;
ALTER TABLE self_checks FORCE ROW LEVEL SECURITY;
ALTER TABLE self_check_months FORCE ROW LEVEL SECURITY;
"""


def upgrade() -> None:
    op.create_table(
        "self_check_months",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_self_check_months_kindergarten"),
        sa.PrimaryKeyConstraint("kindergarten", "code", "month", name="pk_self_check_months"),
    )
    op.add_column("self_checks", sa.Column("due", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.create_index("ix_self_checks_kindergarten", "self_checks", ["kindergarten", "first_day", "id"], unique=False)
    op.drop_index("ix_hazards_kindergarten", table_name="hazards")
    op.create_index(
        "ix_hazards_standing",
        "hazards",
        ["kindergarten"],
        unique=False,
        postgresql_include=[
            "division",
            "state",
            "level",
            "due_on",
            "source",
            "found_on",
            "failed_verifications",
            "reopenings",
        ],
    )
    migrations.scoped("self_check_months")
    migrations.sql(COUNTING)
