"""The rules of the registry, served with their numbers."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Security

from services.registry import data
from services.registry.data_quality.jobs import CATALOGUE
from services.registry.parameters.published import PARAMETERS
from services.registry.permissions import May
from services.registry.rule_catalogue.rules import Entry, read_by, standing
from services.registry.rule_catalogue.schemas import RegistryRuleOut, RegistryRuleParameter, RegistryRuleQuery
from shared.auth import Actor, authorize
from shared.days import today
from shared.idempotency import Route
from shared.periods import FOREVER

router = APIRouter(prefix="/rules", tags=["rules"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RULES])]
FILES = {"rules": "", "staff_rules": "posts post-findings", "staffing_rules": "staffing staffing-figures"}
ENTRIES = tuple(Entry.read(row, where) for file, where in FILES.items() for row in data.rows(file))


def _told(entry: Entry, on: date) -> RegistryRuleOut:
    rule = entry.rule
    return RegistryRuleOut(
        rule=rule.rule,
        severity=rule.severity,
        title_zh=rule.zh,
        title_en=rule.en,
        basis=rule.basis,
        tag=rule.tag,
        since=rule.since,
        until=None if rule.until == FOREVER else rule.until,
        where=list(entry.where),
        checks=[each.code for each in CATALOGUE.values() if each.rule == rule.rule],
        parameters=[RegistryRuleParameter(**asdict(each)) for each in read_by(entry, PARAMETERS, on)],
    )


@router.get("", operation_id="list_registry_rules")
async def list_registry_rules(query: Annotated[RegistryRuleQuery, Query()], _: Reader) -> list[RegistryRuleOut]:
    """The rules the registry keeps on a day: how grave, on what basis, by which dated numbers, and where applied."""
    on = query.as_of or today()
    return [_told(each, on) for each in standing(ENTRIES, on) if query.severity in (None, each.rule.severity)]
