"""Looking the whole register over, check by check: every night, and whenever the district asks.

What a check no longer finds is gone; what it finds anew is opened; what was there stays as it is. Each check commits
with its checkpoint, so a worker that dies loses none and repeats none.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pydantic_core import to_json
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry import data
from services.registry.data_quality.checks import CHECKS
from services.registry.data_quality.rules import Check, Found
from shared.crypto import KeyRing
from shared.days import BEIJING, today
from shared.db import Database
from shared.events import announce
from shared.ids import new_id
from shared.jobs import Work, enqueue, job, queue
from shared.settings import settings
from shared.tables import FOREVER

KIND = "registry.check_data_quality"
CATALOGUE = {each.code: each for each in map(Check.read, data.rows("quality_checks"))}
_GONE = text(
    "UPDATE data_findings SET state = 'resolved', until = :on WHERE code = :code AND state <> 'resolved'"
    " AND subject NOT IN (SELECT value FROM json_array_elements_text(CAST(:subjects AS json)))"
)
_NEW = text(
    "INSERT INTO data_findings (id, code, rule, severity, owner, subject, related, kindergarten, division, title_zh,"
    "  title_en, fix_method, fix_path, detail, state, since, until)"
    " SELECT id, code, rule, severity, owner, subject, related, kindergarten, division, title_zh,"
    "  title_en, fix_method, fix_path, detail, 'open', :on, :forever"
    " FROM json_populate_recordset(NULL::data_findings, CAST(:rows AS json))"
    " ON CONFLICT (code, subject) WHERE state <> 'resolved'"
    " DO UPDATE SET detail = EXCLUDED.detail, fix_path = EXCLUDED.fix_path, related = EXCLUDED.related,"
    "  severity = EXCLUDED.severity, owner = EXCLUDED.owner"
    " WHERE (data_findings.detail, data_findings.fix_path) IS DISTINCT FROM (EXCLUDED.detail, EXCLUDED.fix_path)"
    " RETURNING (xmax = 0) AS opened"
)


@job(KIND)
async def check_data_quality(work: Work) -> Mapping[str, Any]:
    """Run every check as of today; answer how many findings of each code stand, were opened and are gone."""
    keys = KeyRing.parse(settings().field_keys.get_secret_value())
    on = date.fromisoformat(work.arguments["on"])
    counts: dict[str, dict[str, int]] = work.checkpoint.setdefault("counts", {})
    for place, (codes, check) in list(enumerate(CHECKS))[work.checkpoint.get("next", 0) :]:
        async with work.step(place + 1, len(CHECKS), codes[0], next=place + 1) as session:
            found = [each async for each in check(session, keys, on)]
            for code in codes:
                counts[code] = await store(session, code, [each for each in found if each.code == code], on)
            if place + 1 == len(CHECKS):
                await announce(
                    session,
                    "registry.data_quality.checked",
                    f"jobs/{work.id}",
                    division=work.arguments["division"],
                    data={"on": on, "standing": sum(each["standing"] for each in counts.values())},
                )
    return {"on": on.isoformat(), "counts": counts}


async def store(session: AsyncSession, code: str, found: Sequence[Found], on: date) -> dict[str, int]:
    """Bring what stands of one code in line with what was found now."""
    subjects = to_json([each.subject for each in found]).decode()
    gone = await session.execute(_GONE, {"code": code, "on": on, "subjects": subjects})
    rows = to_json([_row(CATALOGUE[code], each) for each in found]).decode()
    stored = await session.execute(_NEW, {"rows": rows, "on": on, "forever": FOREVER})
    opened = sum(each.opened for each in stored)
    return {"standing": len(found), "opened": opened, "gone": gone.rowcount}  # type: ignore[attr-defined]  # a cursor's


def _row(check: Check, found: Found) -> dict[str, Any]:
    known = {"kindergarten": found.kindergarten, "subject": found.subject} | found.detail
    return {
        "id": new_id(),
        "code": check.code,
        "rule": check.rule,
        "severity": check.severity.value,
        "owner": check.owner.value,
        "subject": found.subject,
        "related": found.related,
        "kindergarten": found.kindergarten,
        "division": found.division,
        "title_zh": check.zh,
        "title_en": check.en,
        "fix_method": check.fix_method,
        "fix_path": check.fix_path.format_map(known),
        "detail": found.detail,
    }


@queue.periodic(cron="30 18 * * *")
@queue.task(name="registry.check_data_quality_nightly", queue="jobs", pass_context=False)
async def check_nightly(timestamp: int) -> None:
    """Half past two in the morning in Beijing."""
    database: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    (division,) = database.system.divisions
    on = datetime.fromtimestamp(timestamp, UTC).astimezone(BEIJING).date()
    async with database.begin(database.system) as session:
        arguments = {"on": on.isoformat(), "division": division}
        await enqueue(session, database.system, KIND, arguments, division=division)


def arguments(division: str) -> dict[str, Any]:
    return {"on": today().isoformat(), "division": division}
