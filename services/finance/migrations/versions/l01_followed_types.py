"""a cursor remembers which types of event it has followed"""

from shared import migrations

revision = "l01"
down_revision = "y04"
branch_labels = None
depends_on = None

# What the release before this one followed.
FORMER = {
    "registry": (
        "registry.enrolment.began",
        "registry.enrolment.corrected",
        "registry.enrolment.ended",
        "registry.headcount.certified",
        "registry.kindergarten.changed",
        "registry.kindergarten.registered",
        "registry.recognition.decided",
    ),
    "quality": (
        "quality.annual_inspection.decided",
        "quality.evaluation.published",
    ),
}


def upgrade() -> None:
    migrations.remember_followed(FORMER)
