"""corrections of licences"""

from alembic import op

revision = "f01"
down_revision = "n01"
branch_labels = None
depends_on = None

ACTS = "'granted', 'renewed', 'changed', 'corrected', 'suspended', 'resumed', 'revoked', 'ended'"


def upgrade() -> None:
    op.drop_constraint("ck_licence_acts_kind", "licence_acts")
    op.create_check_constraint("ck_licence_acts_kind", "licence_acts", f"kind IN ({ACTS})")
