"""who bears what families do not: the city and the district"""

import sqlalchemy as sa
from alembic import op

revision = "s03"
down_revision = "y03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_parameters_name'"
    held = str(op.get_bind().exec_driver_sql(query).scalar_one())
    known = [each.split("'")[1] for each in held.split("::text") if "'" in each]
    listed = ", ".join(f"'{each}'" for each in dict.fromkeys([*known, "attendance_share"]))
    op.drop_constraint("ck_parameters_name", "parameters")
    op.create_check_constraint(op.f("ck_parameters_name"), "parameters", f"name IN ({listed})")
    for name in ("municipal", "district"):
        column = sa.Column(name, sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False)
        op.add_column("charges", column)
    # Until a share is in force the district bears it. The owner is under the policies too while they are forced.
    op.execute("ALTER TABLE charges NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE charges SET district = waived + aided")
    op.execute("ALTER TABLE charges FORCE ROW LEVEL SECURITY")
    op.create_check_constraint(
        op.f("ck_charges_payers"),
        "charges",
        "municipal + district = waived + aided AND municipal >= 0 AND district >= 0",
    )
