"""first tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrations.install_platform()
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("sign_in_name", sa.Text(collation="C"), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'active'"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("status IN ('active', 'locked')", name="ck_accounts_status"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("sign_in_name", name="sign_in_name_is_taken"),
    )
    op.create_index("ix_accounts_division", "accounts", ["division"], unique=False)
    op.create_table(
        "api_clients",
        sa.Column("id", sa.Text(collation="C"), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret", postgresql.BYTEA(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'active'"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("status IN ('active', 'locked')", name="ck_api_clients_status"),
        sa.PrimaryKeyConstraint("id", name="client_id_is_taken"),
    )
    op.create_index("ix_api_clients_division", "api_clients", ["division"], unique=False)
    op.create_table(
        "sign_in_attempts",
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_attempts"),
    )
    op.create_table(
        "signing_keys",
        sa.Column("kid", sa.Text(collation="C"), nullable=False),
        sa.Column("sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("public", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("signs_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kid", name="pk_signing_keys"),
        sa.UniqueConstraint("signs_from", name="uq_signing_keys_signs_from"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("account", sa.Uuid(), nullable=True),
        sa.Column("client", sa.Text(collation="C"), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("ends_on", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('leader', 'registrar', 'finance_preparer', 'finance_approver', 'safety_officer', 'quality_officer', 'planner', 'auditor', 'data_protection', 'administrator', 'town_officer', 'inspector', 'police', 'principal', 'accountant', 'clerk', 'teacher', 'integration', 'service')",
            name="ck_grants_role",
        ),
        sa.CheckConstraint(
            "scope ~ '^([0-9]{2,12}|k:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$'",
            name="ck_grants_scope",
        ),
        sa.CheckConstraint("ends_on >= starts_on", name="grant_ends_after_it_starts"),
        sa.CheckConstraint("granted_by <> coalesce(account::text, client)", name="nobody_grants_to_themselves"),
        sa.CheckConstraint("num_nonnulls(account, client) = 1", name="ck_grants_holder"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_grants_account"),
        sa.ForeignKeyConstraint(["client"], ["api_clients.id"], name="fk_grants_client"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
    )
    op.create_index(
        "account_holds_this_grant",
        "grants",
        ["account", "role", "scope"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL AND account IS NOT NULL"),
    )
    op.create_index(
        "client_holds_this_grant",
        "grants",
        ["client", "role", "scope"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL AND client IS NOT NULL"),
    )
    op.create_index("ix_grants_division", "grants", ["division"], unique=False)
    op.create_table(
        "passwords",
        sa.Column("account", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_passwords_account"),
        sa.PrimaryKeyConstraint("account", name="pk_passwords"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("account", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_sessions_account"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"], unique=False)
    op.create_table(
        "refresh_tokens",
        sa.Column("digest", postgresql.BYTEA(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("session", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_refresh_tokens_session", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name="pk_refresh_tokens"),
    )
    op.create_index("ix_refresh_tokens_session", "refresh_tokens", ["session"], unique=False)
    for table in ("accounts", "api_clients", "grants"):
        migrations.scoped(table, kindergarten="")
    for table in ("passwords", "sessions", "refresh_tokens"):
        migrations.scoped(table, kindergarten="", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.versioned("accounts")
    migrations.versioned("api_clients")
    migrations.open_to_all("sign_in_attempts", "SELECT, INSERT, UPDATE, DELETE")
    migrations.open_to_all("signing_keys", "SELECT, INSERT, UPDATE")
