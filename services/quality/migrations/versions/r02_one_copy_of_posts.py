"""posts are copied once: the training of staff reads the copy that ratios are computed from"""

from alembic import op

from services.quality.kindergartens import moving

revision = "r02"
down_revision = "d05"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("staff_posts")
    moving.move_whatever_names_both()
