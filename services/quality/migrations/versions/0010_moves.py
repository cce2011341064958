"""what is known of a kindergarten moves with it into another division"""

from shared import migrations

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOVING = (
    "annual_inspections",
    "book_holdings",
    "books",
    "classes",
    "commendations",
    "employment_bar_queries",
    "ethics_appraisals",
    "ethics_cases",
    "ethics_commitments",
    "ethics_rosters",
    "evaluation_levels",
    "evaluation_observations",
    "evaluation_plans",
    "evaluation_scores",
    "evaluations",
    "evidence",
    "inspection_items",
    "inspector_assignments",
    "primary_style_checks",
    "research_activities",
    "research_attendances",
    "research_zone_members",
    "self_evaluations",
    "service_facts",
    "steps",
    "supervision_issues",
    "supervision_visits",
    "teacher_questions",
    "timetables",
    "training_places",
    "training_sessions",
)
# Sealed rows move too, unseen: the role that moves them reads nothing else of them.
FUNCTION = """
CREATE FUNCTION move_kindergarten(which uuid, into_division text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
{updates}
END $$;
GRANT CREATE ON SCHEMA public TO {sequencer};
ALTER FUNCTION move_kindergarten(uuid, text) OWNER TO {sequencer};
REVOKE CREATE ON SCHEMA public FROM {sequencer};
REVOKE EXECUTE ON FUNCTION move_kindergarten(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION move_kindergarten(uuid, text) TO {app};
"""
UPDATE = "  UPDATE {table} SET division = into_division WHERE kindergarten = which AND division <> into_division;"


def upgrade() -> None:
    for table in MOVING:
        migrations.sql(
            "GRANT SELECT (kindergarten, division), UPDATE (division) ON {table} TO {sequencer}", table=table
        )
        migrations.sql("CREATE POLICY moved ON {table} TO {sequencer} USING (true)", table=table)
    migrations.sql(FUNCTION, updates="\n".join(UPDATE.format(table=table) for table in MOVING))
