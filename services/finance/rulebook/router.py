import json
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Security

from services.finance.parameters.queries import IN_FORCE
from services.finance.permissions import May
from services.finance.rulebook.rules import RULES, reads
from services.finance.rulebook.schemas import FinanceRuleOut, FinanceRuleQuery
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/rules", tags=["rules"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PARAMETERS])]


@router.get("", operation_id="list_finance_rules")
async def list_rules(query: Annotated[FinanceRuleQuery, Query()], _: Reader, reader: Read) -> list[FinanceRuleOut]:
    """The FIN rules: what each refuses or raises, by which authority, and the dated numbers it reads that day."""
    (found,) = await reader.row(IN_FORCE, as_of=query.as_of or today()) or ("[]",)
    held = json.loads(found)
    return [
        FinanceRuleOut.model_validate(
            asdict(rule) | {"parameters": [each for each in held if reads(rule, each["name"], each["key"])]}
        )
        for rule in RULES
    ]
