from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import answer, seen
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from services.safety.video_accesses import actions, queries
from services.safety.video_accesses.actions import CameraUnknown
from services.safety.video_accesses.rules import MACHINE, OnlyViewingWasAsked
from services.safety.video_accesses.schemas import (
    VideoAccessNew,
    VideoAccessOut,
    VideoAccessPage,
    VideoAccessQuery,
    VideoCopying,
    VideoDecision,
    VideoHandOver,
    VideoViewing,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/video-accesses", tags=["video-accesses"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_VIDEO])]
Applicant = Annotated[Actor, Security(authorize, scopes=[May.REQUEST_VIDEO])]
Approver = Annotated[Actor, Security(authorize, scopes=[May.APPROVE_VIDEO])]
Operator = Annotated[Actor, Security(authorize, scopes=[May.OPERATE_VIDEO])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": VideoAccessOut}


@router.get(
    "", operation_id="list_video_accesses", response_model=VideoAccessPage, responses=exports.responses(VideoAccessPage)
)
async def list_video_accesses(
    query: Annotated[VideoAccessQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List requests to see video; `overdue` and `strange` find those to look into."""
    return await exports.answer(request, reader, queries.VIDEO_ACCESSES, query, **queries.limits(today()))


@router.get("/{id}", operation_id="get_video_access", response_model=VideoAccessOut, responses=problems(NotFound))
async def get_video_access(id: UUID, caller: Reader, reader: Read) -> Response:
    """One request, everything done on it, and what the caller may do."""
    return await seen(reader, caller, queries.VIDEO_ACCESS, MACHINE, "video access", id, **queries.limits(today()))


@router.post("", operation_id="request_video", **CREATED, responses=problems(NotFound, CameraUnknown, FileUnknown))
async def request_video(new: VideoAccessNew, caller: Applicant, session: Write) -> Response:
    """Ask to view, retrieve or copy video 申请, with reason, cameras and span."""
    made = await actions.request_video(session, caller, new)
    return await answer(session, caller, queries.VIDEO_ACCESS, MACHINE, made, **queries.limits(today()))


@router.post(
    "/{id}/approvals",
    operation_id="approve_video",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def approve_video(id: UUID, asked: VideoDecision, caller: Approver, session: Write) -> Response:
    """Approve 批准, by another than who asked."""
    await actions.approve_video(session, caller, id, asked)
    return await answer(session, caller, queries.VIDEO_ACCESS, MACHINE, id, **queries.limits(today()))


@router.post(
    "/{id}/refusals",
    operation_id="refuse_video",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def refuse_video(id: UUID, asked: VideoDecision, caller: Approver, session: Write) -> Response:
    """Refuse 不批准, with the reason."""
    await actions.refuse_video(session, caller, id, asked)
    return await answer(session, caller, queries.VIDEO_ACCESS, MACHINE, id, **queries.limits(today()))


@router.post("/{id}/viewings", operation_id="record_viewing", **CREATED, responses=problems(NotFound, NotInThisState))
async def record_viewing(id: UUID, asked: VideoViewing, caller: Operator, session: Write) -> Response:
    """Record a viewing 查看: who, from when to when."""
    await actions.record_viewing(session, caller, id, asked)
    return await answer(session, caller, queries.VIDEO_ACCESS, MACHINE, id, **queries.limits(today()))


@router.post(
    "/{id}/copies",
    operation_id="record_copying",
    **CREATED,
    responses=problems(NotFound, NotInThisState, OnlyViewingWasAsked, AnotherPersonNeeded),
)
async def record_copying(id: UUID, asked: VideoCopying, caller: Operator, session: Write) -> Response:
    """Record a copy 复制, made before a second person."""
    await actions.record_copying(session, caller, id, asked)
    return await answer(session, caller, queries.VIDEO_ACCESS, MACHINE, id, **queries.limits(today()))


@router.post(
    "/{id}/hand-overs",
    operation_id="hand_over_video",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def hand_over_video(id: UUID, asked: VideoHandOver, caller: Operator, session: Write) -> Response:
    """Hand the medium over 移交."""
    await actions.hand_over_video(session, caller, id, asked)
    return await answer(session, caller, queries.VIDEO_ACCESS, MACHINE, id, **queries.limits(today()))


@router.post(
    "/{id}/destructions", operation_id="destroy_video", **CREATED, responses=problems(NotFound, NotInThisState)
)
async def destroy_video(id: UUID, asked: VideoDecision, caller: Operator, session: Write) -> Response:
    """Record that the medium was destroyed 收回销毁."""
    await actions.destroy_video(session, caller, id, asked)
    return await answer(session, caller, queries.VIDEO_ACCESS, MACHINE, id, **queries.limits(today()))


@router.post("/{id}/closings", operation_id="close_video", **CREATED, responses=problems(NotFound, NotInThisState))
async def close_video(id: UUID, asked: VideoDecision, caller: Approver, session: Write) -> Response:
    """Close the request 办结."""
    await actions.close_video(session, caller, id, asked)
    return await answer(session, caller, queries.VIDEO_ACCESS, MACHINE, id, **queries.limits(today()))
