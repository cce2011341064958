"""whom of the register an ethics case is about"""

import sqlalchemy as sa
from alembic import op

revision = "n01"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ethics_cases", sa.Column("accused_person", sa.Uuid(), nullable=True))
