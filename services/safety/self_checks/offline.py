"""What one needs to check a kindergarten without network: a bundle this installation signed."""

import hmac
import json
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Security
from sqlalchemy import Date, Text, bindparam, cast, or_, select

from services.safety.checklists.models import Checklist, ChecklistItem
from services.safety.checklists.schemas import ChecklistItemOut, ChecklistRow
from services.safety.kindergartens.models import Kindergarten
from services.safety.permissions import May
from services.safety.risks.queries import OPEN_HAZARDS
from services.safety.self_checks.models import SelfCheck
from services.safety.self_checks.schemas import BundleCheck, OfflineBundle, SelfCheckRow
from shared.auth import Actor, authorize
from shared.days import now, today
from shared.db import Read
from shared.documents import columns, listed, many
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/offline-bundles", tags=["self-checks"], route_class=Route)

Checker = Annotated[Actor, Security(authorize, scopes=[May.MAKE_CHECKS])]
VALID = timedelta(30)
_list, _item = Checklist.__table__.alias("l"), ChecklistItem.__table__.alias("i")
_place, _check = Kindergarten.__table__.c, SelfCheck.__table__
_on = bindparam("on", type_=Date)
_items = (
    select(*columns(_item, ChecklistItemOut, weight=cast(_item.c.weight, Text)))
    .where(_item.c.checklist == _list.c.id)
    .correlate(_list)
    .order_by(_item.c.position)
)
LISTS = many(
    select(*columns(_list, ChecklistRow), listed(_items).label("items"))
    .where(_list.c.use == "self_check", _list.c.state == "published", _list.c.since <= _on)
    .where(or_(_list.c.until.is_(None), _list.c.until > _on))
    .order_by(_list.c.code)
)
SITE = many(select(_place.id, _place.name, _place.division).where(_place.id == bindparam("kindergarten")))
HISTORY = many(
    select(*columns(_check, SelfCheckRow, score=cast(_check.c.score, Text)))
    .where(_check.c.kindergarten == bindparam("kindergarten"))
    .order_by(_check.c.first_day.desc(), _check.c.id)
    .limit(30)
)


def signed(keys: Any, content: dict[str, Any]) -> str:
    """Keyed digest of the content, hex: whoever changes a word of it cannot sign it again."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return str(keys.blind("offline-bundle\n" + plain).hex())


@router.get("/{kindergarten}", operation_id="get_offline_bundle", responses=problems(NotFound))
async def get_bundle(kindergarten: UUID, request: Request, _: Checker, reader: Read) -> OfflineBundle:
    """Checklists in force, the site, its last checks and open hazards, signed 离线包."""
    (site,) = await reader.one(SITE, "kindergarten", kindergarten=kindergarten)
    if not (places := json.loads(site)):
        raise NotFound(what="kindergarten")
    (lists,) = await reader.one(LISTS, "checklists", on=today())
    (history,) = await reader.one(HISTORY, "checks", kindergarten=kindergarten)
    (hazards,) = await reader.one(OPEN_HAZARDS, "hazards", kindergarten=kindergarten)
    made_at = now()
    content = {
        "kindergarten": str(kindergarten),
        "name": places[0]["name"],
        "division": places[0]["division"],
        "made_at": made_at.isoformat(),
        "valid_until": (made_at + VALID).isoformat(),
        "checklists": json.loads(lists),
        "history": json.loads(history),
        "hazards": [
            {"hazard": each["id"]}
            | {name: each[name] for name in ("description", "level", "state", "source", "due_on")}
            for each in json.loads(hazards)
        ],
    }
    shown = OfflineBundle.model_validate_json(json.dumps(content | {"signature": ""}))
    return shown.model_copy(update={"signature": signed(request.app.state.keys, sealed(shown))})


@router.post("/verifications", operation_id="verify_offline_bundle")
async def verify_bundle(bundle: OfflineBundle, request: Request, _: Checker) -> BundleCheck:
    """Whether a bundle is as this installation signed it, and still to be used."""
    ours = signed(request.app.state.keys, sealed(bundle))
    authentic = hmac.compare_digest(ours.encode(), bundle.signature.encode("utf-8", "surrogatepass"))
    return BundleCheck(authentic=authentic, expired=bundle.valid_until < now())


def sealed(bundle: OfflineBundle) -> dict[str, Any]:
    """What the signature covers: everything but itself, as the answer spells it."""
    return bundle.model_dump(mode="json", exclude={"signature"})
