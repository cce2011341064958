from typing import Annotated

from fastapi import APIRouter, Query, Response, Security

from services.registry.admission_demand.queries import DEMAND
from services.registry.admission_demand.schemas import AdmissionDemand, AdmissionDemandQuery
from services.registry.permissions import May
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/admission-demand", tags=["admission-demand"], route_class=Route)

Analyst = Annotated[Actor, Security(authorize, scopes=[May.READ_NETWORK])]


@router.get("", operation_id="get_admission_demand", response_model=AdmissionDemand)
async def get_admission_demand(query: Annotated[AdmissionDemandQuery, Query()], _: Analyst, reader: Read) -> Response:
    """Applications against places of an intake year, by kindergarten: what families want, and what there is."""
    kind = query.type.value if query.type else None
    body, *_rest = await reader.one(DEMAND, "demand", school_year=query.school_year, type=kind)
    return Response(body, media_type="application/json")
