"""a cursor remembers which types of event it has followed"""

from shared import migrations

revision = "l01"
down_revision = "r01"
branch_labels = None
depends_on = None

# What the release before this one followed.
FORMER = {
    "registry": (
        "registry.class.changed",
        "registry.class.formed",
        "registry.class.removed",
        "registry.kindergarten.changed",
        "registry.kindergarten.registered",
    ),
    "safety": (
        "safety.major_hazard.closed",
        "safety.major_hazard.raised",
        "safety.penalty.decided",
    ),
    "finance": (
        "finance.account_alert.closed",
        "finance.account_alert.raised",
    ),
}


def upgrade() -> None:
    migrations.remember_followed(FORMER)
