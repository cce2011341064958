"""existing recognitions, founders, agreements, credit files"""

import sqlalchemy as sa
from alembic import op

revision = "f03"
down_revision = "f02"
branch_labels = None
depends_on = None

STATES = (
    "'recorded', 'applied', 'returned', 'reviewed', 'noticed', 'disputed', 'granted', 'refused', 'retracted',"
    " 'leaving', 'withdrawn'"
)


def _owned(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["kindergarten", "division"],
        ["kindergartens.id", "kindergartens.division"],
        name=f"fk_{table}_kindergarten",
        onupdate="CASCADE",
    )


def upgrade() -> None:
    op.add_column("recognitions", sa.Column("existing", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_constraint("ck_recognitions_state", "recognitions")
    op.create_check_constraint("ck_recognitions_state", "recognitions", f"state IN ({STATES})")
