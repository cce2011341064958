"""The proofs of every kindergarten, clause by clause."""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Response, Security

from services.safety.answers import JSON
from services.safety.permissions import May
from services.safety.protections import queries
from services.safety.protections.assessing import proven
from services.safety.protections.schemas import ProtectionProofQuery, ProtectionProofRow
from shared.auth import Actor, authorize
from shared.days import now
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/protection-proofs", tags=["protections"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PROTECTIONS])]


@router.get("", operation_id="list_protection_proofs", response_model=list[ProtectionProofRow])
async def list_proofs(query: Annotated[ProtectionProofQuery, Query()], _: Reader, reader: Read) -> Response:
    """What proves each duty of 三(二)4 at each kindergarten, and what is missing; who filed nothing proves nothing."""
    (body,) = await reader.one(queries.PROTECTIONS, "protections", division=query.division)
    found = []
    wanted = str(query.kindergarten) if query.kindergarten else None
    for row in json.loads(body):
        if row["version"] is None or wanted not in (None, row["kindergarten"]):
            continue
        place = {"kindergarten": row["kindergarten"], "name": row["kindergarten_name"]}
        found += [
            each | place
            for each in proven(row, now())
            if query.clause in (None, each["clause"]) and query.proven in (None, each["proven"])
        ]
    return Response(json.dumps(found, ensure_ascii=False).encode(), media_type=JSON)
