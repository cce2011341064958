"""保教质量监督 of a town's kindergartens, from what quality and safety told the registry (四(三))."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, func, select

from services.registry.kindergartens.models import Kindergarten
from services.registry.plan_scorecards.rules import Reached
from services.registry.service_facts.models import ServiceFact
from shared.db import Reader
from shared.documents import among, listed, many

AGAINST = {"annual_inspection": "年检不合格", "evaluation": "督导评估不合格", "major_hazard": "重大隐患未销号"}
_fact, _k = ServiceFact.__table__.c, Kindergarten.__table__
_told = listed(
    select(_fact.kind, _fact.standing)
    .where(_fact.kindergarten == _k.c.id, among(_fact.kind, AGAINST), _fact.on_day <= bindparam("as_of", type_=Date))
    .order_by(_fact.on_day, _fact.key)
    .correlate(_k)
)
TOLD = many(
    select(_k.c.id, _k.c.name, func.substr(_k.c.division, 1, 9).label("town"), _told.label("facts")).order_by(
        _k.c.pinyin, _k.c.id
    )
)


def against(facts: Sequence[Mapping[str, Any]]) -> list[str]:
    """What stands against a kindergarten: its latest inspection, its latest evaluation, any major hazard still open."""
    latest = {each["kind"]: each["standing"] for each in facts if each["kind"] != "major_hazard"}
    hazard = any(each["standing"] for each in facts if each["kind"] == "major_hazard")
    return [kind for kind, counts in {**latest, "major_hazard": hazard}.items() if counts]


async def judged(reader: Reader, on: date) -> dict[str, list[Reached]]:
    """The kindergartens of each town that were inspected, evaluated or listed by the day; others are not judged."""
    rows = json.loads((await reader.one(TOLD, "kindergarten", as_of=on))[0])
    found: dict[str, list[Reached]] = {}
    for row in rows:
        if row["facts"]:
            said = [AGAINST[kind] for kind in against(row["facts"])]
            found.setdefault(row["town"], []).append(Reached(row["id"], row["name"], "、".join(said), not said))
    return found
