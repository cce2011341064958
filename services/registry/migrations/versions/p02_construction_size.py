"""residents a residential project is planned for, certificate and area of what is handed over"""

import sqlalchemy as sa
from alembic import op

revision = "p02"
down_revision = "f02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("construction_projects", sa.Column("residents", sa.Integer(), nullable=True))
    op.add_column("construction_projects", sa.Column("property_certificate", sa.Text(), nullable=True))
    op.add_column("construction_projects", sa.Column("property_area", sa.Numeric(14, 2), nullable=True))
    op.create_check_constraint("ck_construction_projects_residents", "construction_projects", "residents >= 0")
