from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response, Security
from sqlalchemy import Date, Text, any_, bindparam, case, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.frameworks.models import Framework, FrameworkItem
from services.quality.frameworks.schemas import CODE, ITEM
from services.quality.permissions import May
from services.quality.primary_schools.schemas import SCHOOL
from services.quality.transition_measures import actions
from services.quality.transition_measures.actions import MeasureIsNotOfThisSide, MeasureNeedsEvidence
from services.quality.transition_measures.models import TransitionMeasure
from services.quality.transition_measures.rules import documents_of
from services.quality.transition_measures.schemas import (
    TransitionMeasureOut,
    TransitionMeasurePut,
    TransitionMeasureQuery,
)
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import many, one, written
from shared.errors import InvalidInput, NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/transition-measures", tags=["transition to school"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRANSITION])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_TRANSITION])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_TRANSITION])]
Document = Annotated[str, Path(pattern=CODE)]
Item = Annotated[str, Path(pattern=ITEM)]
_of, _item, _row = Framework.__table__, FrameworkItem.__table__, TransitionMeasure.__table__
_on, _state = bindparam("as_of", type_=Date), bindparam("state", None, type_=Text)
_special: dict[str, Any] = {
    "document": _of.c.code,
    "document_title": _of.c.title,
    "edition": _of.c.edition,
    "item": _item.c.code,
    "text": _item.c.text,
    "text_status": _item.c.text_status,
    "tag": _item.c.tag,
    "on": _row.c.on_day,
}
_measures = (
    select(*((_special[n] if n in _special else _row.c[n]).label(n) for n in TransitionMeasureOut.model_fields))
    .select_from(
        _of.join(_item, _item.c.framework == _of.c.id).outerjoin(
            _row,
            (_row.c.document == _of.c.code)
            & (_row.c.item == _item.c.code)
            & (_row.c.subject == bindparam("subject", type_=Text)),
        )
    )
    .where(
        _of.c.code == any_(bindparam("documents", type_=ARRAY(Text))),
        _of.c.state == "published",
        _of.c.since <= _on,
        _of.c.until > _on,
    )
)
MEASURES = many(
    _measures.where(
        or_(_state.is_(None), case((_row.c.state.is_(None), "none"), else_=_row.c.state) == _state)
    ).order_by(_of.c.code.desc(), _item.c.place)
)
MEASURE = one(_measures.where(_item.c.code == bindparam("item")))


@router.get("", operation_id="list_transition_measures", response_model=list[TransitionMeasureOut])
async def list_transition_measures(
    query: Annotated[TransitionMeasureQuery, Query()], _: Reader, reader: Read
) -> Response:
    """Measures of the documents in force for one kindergarten or school, each with how far it has come."""
    if (query.kindergarten is None) == (query.school is None):
        raise InvalidInput(
            reason_zh="须指明幼儿园或小学之一。",
            reason_en="name a kindergarten or a school, one of them.",
            pointer="kindergarten",
        )
    side = documents_of("kindergarten" if query.kindergarten else "school")
    subject = str(query.kindergarten or query.school)
    day, state = query.as_of or today(), query.state and str(query.state)
    found = await reader.row(MEASURES, documents=side, subject=subject, as_of=day, state=state)
    return Response(found[0] if found else "[]", media_type="application/json")


async def _put(
    session: AsyncSession, caller: Actor, document: str, item: str, subject: UUID | str, put: TransitionMeasurePut
) -> Response:
    await actions.put_measure(session, caller, document, item, subject, put)
    asked = {"documents": [document], "item": item, "subject": str(subject), "as_of": today()}
    return Response(await written(session, MEASURE, **asked), media_type="application/json")


@router.put(
    "/{document}/{item}/kindergartens/{kindergarten}",
    operation_id="put_kindergarten_measure",
    response_model=TransitionMeasureOut,
    responses=problems(NotFound, MeasureNeedsEvidence, MeasureIsNotOfThisSide, ChildrenAreNotScored),
)
async def put_kindergarten_measure(
    document: Document, item: Item, kindergarten: UUID, put: TransitionMeasurePut, caller: Keeper, session: Write
) -> Response:
    """Say how far a kindergarten has come with a measure."""
    return await _put(session, caller, document, item, kindergarten, put)


@router.put(
    "/{document}/{item}/schools/{school}",
    operation_id="put_school_measure",
    response_model=TransitionMeasureOut,
    responses=problems(NotFound, MeasureNeedsEvidence, MeasureIsNotOfThisSide, ChildrenAreNotScored),
)
async def put_school_measure(
    document: Document,
    item: Item,
    school: Annotated[str, Path(pattern=SCHOOL)],
    put: TransitionMeasurePut,
    caller: Officer,
    session: Write,
) -> Response:
    """Say how far a primary school has come with a measure."""
    return await _put(session, caller, document, item, school, put)
