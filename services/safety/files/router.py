import asyncio
import hashlib
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response, Security, UploadFile, status
from sqlalchemy import bindparam, select

from services.safety.files import refusals
from services.safety.files.actions import keep_file, most_of
from services.safety.files.models import File
from services.safety.files.schemas import FileOut
from services.safety.permissions import May
from shared.auth import Actor, authorize
from shared.db import Query, Read, Write
from shared.documents import one, written
from shared.errors import DomainError, InvalidInput, NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/files", tags=["files"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FILES])]
Uploader = Annotated[Actor, Security(authorize, scopes=[May.UPLOAD_FILES])]
_row = File.__table__.c
FILE = one(select(*(_row[name] for name in FileOut.model_fields)).where(_row.id == bindparam("id")))
KIND = Query(select(_row.media_type, _row.sha256).where(_row.id == bindparam("id")))
REFUSED = (
    refusals.FileIsEmpty,
    refusals.FileTooLarge,
    refusals.ImageTooLarge,
    refusals.NameIsAPath,
    refusals.TypeNotAccepted,
    refusals.TypeNotAsNamed,
    refusals.ActiveContent,
    refusals.FileBroken,
)


class ContentDiffers(DomainError):
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    zh = "文件 {id} 的内容缺失或与记录的摘要不符,已停止提供。"
    en = "The content of file {id} is missing or differs from its recorded hash; it is not served."


@router.post(
    "",
    operation_id="upload_file",
    status_code=status.HTTP_201_CREATED,
    response_model=FileOut,
    responses=problems(NotFound, *REFUSED),
)
async def upload_file(
    caller: Uploader,
    session: Write,
    file: UploadFile,
    request: Request,
    kindergarten: Annotated[UUID | None, Form()] = None,
    division: Annotated[str | None, Form(pattern=r"^\d{6,12}$")] = None,
) -> Response:
    """Keep a photo or a scan 上传材料 of a kindergarten or division. Judged by content; its name is not kept."""
    place = kindergarten or division
    if place is None or (kindergarten and division):
        raise InvalidInput(
            reason_zh="须注明幼儿园或区划之一。",
            reason_en="name a kindergarten or a division.",
            pointer="/kindergarten",
        )
    content = await file.read(most_of("bytes") + 1)
    claimed = (file.content_type or "").split(";")[0].strip().lower()
    made = await keep_file(session, caller, request.app.state.storage, place, content, file.filename or "", claimed)
    return Response(await written(session, FILE, id=made), status.HTTP_201_CREATED, media_type="application/json")


@router.get("/{id}", operation_id="get_file", response_model=FileOut, responses=problems(NotFound))
async def get_file(id: UUID, _: Reader, reader: Read) -> Response:
    """What is known of a file."""
    return Response((await reader.one(FILE, "file", id=id))[0], media_type="application/json")


@router.get(
    "/{id}/content",
    operation_id="download_file",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
        **problems(NotFound, ContentDiffers),
    },
)
async def download_file(id: UUID, request: Request, _: Reader, reader: Read) -> Response:
    """The content, whole and unchanged, as a download that no browser runs."""
    media_type, sha256 = await reader.one(KIND, "file", id=id)
    try:
        content = await asyncio.to_thread(request.app.state.storage.get, id)
    except LookupError as error:
        raise ContentDiffers(id=id) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ContentDiffers(id=id)
    headers = {
        "Content-Disposition": f'attachment; filename="{id}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-site",
        "ETag": f'"{sha256}"',
        "Cache-Control": "private, max-age=3600",
    }
    return Response(content, media_type=media_type, headers=headers)
