from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import Text, cast, func, literal_column, select

from gateway.permissions import May
from gateway.signing_keys.actions import RotationIsUnderWay, rotate
from gateway.signing_keys.models import SigningKey
from gateway.signing_keys.ring import SigningKeys
from gateway.signing_keys.schemas import JsonWebKeySet, SigningKeyOut
from shared.auth import Actor, authorize
from shared.db import Query as Asked
from shared.db import Read, Write
from shared.errors import problems
from shared.idempotency import Route
from shared.service import Nothing

router = APIRouter(prefix="/signing-keys", tags=["signing-keys"], route_class=Route)
published = APIRouter(tags=["tokens"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SIGNING_KEYS])]
Rotator = Annotated[Actor, Security(authorize, scopes=[May.ROTATE_SIGNING_KEYS])]

_rows = select(*(SigningKey.__table__.c[name] for name in SigningKeyOut.model_fields)).order_by(SigningKey.signs_from)
KEYS = Asked(
    select(cast(func.coalesce(func.json_agg(literal_column("item")), literal_column("'[]'")), Text)).select_from(
        _rows.subquery("item")
    )
)


@router.get("", operation_id="list_signing_keys", response_model=list[SigningKeyOut])
async def list_signing_keys(_: Annotated[Nothing, Query()], __: Reader, reader: Read) -> Response:
    """Every key this installation has signed with, oldest first."""
    row = await reader.one(KEYS, "signing key")
    return Response(row[0], media_type="application/json")


@router.post(
    "",
    operation_id="rotate_signing_key",
    status_code=201,
    responses=problems(RotationIsUnderWay),
)
async def rotate_signing_key(request: Request, actor: Rotator, session: Write) -> SigningKeyOut:
    """Publish a new signing key. It signs after a short lead; tokens of the old one stay valid until they expire."""
    keys: SigningKeys = request.app.state.signing_keys
    return SigningKeyOut.model_validate(await rotate(session, keys.rotation, actor.id))


@published.get("/.well-known/jwks.json", operation_id="get_jwks", response_model=JsonWebKeySet)
async def get_jwks(request: Request) -> Response:
    """The keys that verify this installation's access tokens."""
    return Response(
        await request.app.state.jwks(), media_type="application/json", headers={"Cache-Control": "max-age=30"}
    )
