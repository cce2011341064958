"""Telling of many enrolments in one statement: every period of every child is a fact of its own, however it came."""

# The fields of EnrolmentFact; `e` is the enrolment, `k` its class.
FACT = (
    "json_build_object('id', e.id, 'child', e.child, 'class_id', e.class_id, 'class_kind', k.kind,"
    " 'kindergarten', e.kindergarten, 'since', e.since, 'until', nullif(e.until, '9999-12-31'),"
    " 'reason_in', e.reason_in, 'reason_out', e.reason_out, 'synthetic', e.synthetic, 'version', e.version)"
)
ACTOR = "coalesce(nullif(current_setting('app.actor', true), ''), 'system')"


def announcing(kind: str, which: str) -> str:
    """An INSERT of one event for each enrolment `e`: `kind` is the driver's parameter, `which` joins and filters."""
    return (
        "INSERT INTO events (type, subject, division, kindergarten, actor, data)"
        f" SELECT {kind}, 'enrolments/' || e.id, e.division, e.kindergarten, {ACTOR}, {FACT}"
        f" FROM enrolments e JOIN classes k ON k.id = e.class_id {which}"
    )
