"""The rules of safety, served with their numbers."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Security

from services.safety import data
from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import Parameter, in_force
from services.safety.permissions import May
from services.safety.rulebook.schemas import RuleParameterOut, RuleQuery, SafetyRuleOut
from shared.auth import Actor, authorize
from shared.days import today
from shared.idempotency import Route

router = APIRouter(prefix="/rules", tags=["rules"], route_class=Route)
parameters = APIRouter(prefix="/parameters", tags=["rules"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RULES])]
RULES = tuple(data.rows("rules"))


def _told(found: Parameter) -> RuleParameterOut:
    return RuleParameterOut(**asdict(found))


def _rule(row: dict[str, str], on: date) -> SafetyRuleOut:
    known = {name: row[name] for name in ("rule", "severity", "condition_zh", "condition_en", "basis", "where")}
    held = [
        _told(in_force(PARAMETERS, name, on))
        for name in row["parameters"].split()
        if any(each.name == name and each.since <= on for each in PARAMETERS)
    ]
    return SafetyRuleOut(**known, parameters=held)


@router.get("", operation_id="list_safety_rules")
async def list_rules(query: Annotated[RuleQuery, Query()], _: Reader) -> list[SafetyRuleOut]:
    """The rules this service keeps, in force on a day, with the numbers in force."""
    on = query.as_of or today()
    return [_rule(row, on) for row in RULES if date.fromisoformat(row["since"]) <= on]


@parameters.get("", operation_id="list_safety_parameters")
async def list_parameters(query: Annotated[RuleQuery, Query()], _: Reader) -> list[RuleParameterOut]:
    """Every number in force on a day, with its authority; an illustrative one has none and waits for the district's."""
    on = query.as_of or today()
    return [_told(each) for each in PARAMETERS if each.since <= on and (each.until is None or on < each.until)]
