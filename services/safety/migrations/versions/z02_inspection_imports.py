"""imports of inspections as jobs"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "z02"
down_revision = "z01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("layout", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("atomicity", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("job", sa.Uuid(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("matched", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("stored", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("known", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("atomicity IN ('atomic', 'partial')", name="ck_inspection_imports_atomicity"),
        sa.CheckConstraint("format IN ('xlsx', 'csv', 'ndjson')", name="ck_inspection_imports_format"),
        sa.CheckConstraint("mode IN ('dry_run', 'commit')", name="ck_inspection_imports_mode"),
        sa.CheckConstraint(
            "state IN ('received', 'checked', 'storing', 'stored', 'refused', 'cancelled', 'undone')",
            name="ck_inspection_imports_state",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inspection_imports"),
    )
    op.create_index("ix_inspection_imports_created_at", "inspection_imports", ["created_at", "id"], unique=False)
    op.create_table(
        "inspection_import_faults",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["inspection_imports.id"], name="fk_inspection_import_faults_import_id"),
        sa.PrimaryKeyConstraint("import_id", "number", name="pk_inspection_import_faults"),
    )
    op.create_index(
        "ix_inspection_import_faults_row", "inspection_import_faults", ["import_id", "row", "number"], unique=False
    )
    op.create_table(
        "inspection_import_files",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("content", postgresql.BYTEA(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["inspection_imports.id"], name="fk_inspection_import_files_import_id"),
        sa.PrimaryKeyConstraint("import_id", name="pk_inspection_import_files"),
    )
    op.add_column("outside_inspections", sa.Column("import_id", sa.Uuid(), nullable=True))
    op.add_column(
        "outside_inspections", sa.Column("day_precision", sa.Text(), server_default=sa.text("'day'"), nullable=False)
    )
    op.create_index("ix_outside_inspections_import", "outside_inspections", ["import_id"], unique=False)
    op.create_foreign_key(
        "fk_outside_inspections_import_id", "outside_inspections", "inspection_imports", ["import_id"], ["id"]
    )
    migrations.scoped("inspection_imports", kindergarten="")
    migrations.scoped("inspection_import_files", kindergarten="", rights="SELECT, INSERT, DELETE")
    migrations.scoped("inspection_import_faults", kindergarten="", rights="SELECT, INSERT, DELETE")
    migrations.sql("GRANT DELETE ON outside_inspections TO {app}")
