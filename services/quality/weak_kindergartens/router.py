from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security

from services.quality.permissions import May
from services.quality.weak_kindergartens import queries
from services.quality.weak_kindergartens.actions import RULES, asked_of_lists, rule_on
from services.quality.weak_kindergartens.schemas import (
    WeakKindergartenPage,
    WeakKindergartenQuery,
    WeakRuleLine,
    WeakRuleQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(tags=["support"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUPPORT])]


@router.get(
    "/weak-kindergartens",
    operation_id="list_weak_kindergartens",
    response_model=WeakKindergartenPage,
    responses=exports.responses(WeakKindergartenPage),
)
async def list_weak_kindergartens(
    query: Annotated[WeakKindergartenQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Kindergartens with the facts the rule looks at and the reasons it finds; `weak=true` leaves 薄弱园."""
    return await exports.answer(request, reader, queries.KINDERGARTENS, query, **asked_of_lists(query.as_of or today()))


@router.get("/weak-rules", operation_id="list_weak_rules")
async def list_weak_rules(_: Reader, query: Annotated[WeakRuleQuery, Query()]) -> list[WeakRuleLine]:
    """The rule in force on a day, line by line, with its numbers and authority."""
    edition = rule_on(query.as_of or today()).edition
    return [
        WeakRuleLine(
            **{name: row[name] for name in ("edition", "code", "label_zh", "unit", "basis", "tag")},
            threshold=int(row["threshold"]),
            decisive=row["decisive"] == "yes",
            since=date.fromisoformat(row["since"]),
        )
        for row in RULES
        if row["edition"] == edition
    ]
