"""a cursor remembers which types of event it has followed"""

from shared import migrations

revision = "l01"
down_revision = "z02"
branch_labels = None
depends_on = None

# What the release before this one followed.
FORMER = {
    "registry": (
        "registry.kindergarten.changed",
        "registry.kindergarten.registered",
    ),
}


def upgrade() -> None:
    migrations.remember_followed(FORMER)
