"""The catalogue of problem codes of the whole platform: where the `type` of every refusal leads."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse

from gateway.directory import Directory
from gateway.portal import pages
from shared.errors import CATALOGUE, NotFound, problems
from shared.idempotency import Route
from shared.schemas import Out, zh
from shared.service import Nothing

router = APIRouter(prefix="/problems", tags=["problems"], route_class=Route)
HTML: dict[str, Any] = {"content": {"text/html": {"schema": {"type": "string"}}}}


class ProblemKind(Out):
    """One problem code: what it says, what to do about it, who says it."""

    code: Annotated[str, zh("代码")]
    status: Annotated[int, zh("状态码")]
    zh: Annotated[str, zh("中文说明")]
    en: Annotated[str, zh("英文说明")]
    hint_zh: Annotated[str, zh("中文提示")]
    hint_en: Annotated[str, zh("英文提示")]
    services: Annotated[list[str], zh("所在服务")]


async def catalogue(directory: Directory) -> dict[str, ProblemKind]:
    """By code. What several services say is said once."""
    own = [
        {name: getattr(each, name) for name in ("code", "zh", "en", "hint_zh", "hint_en")}
        | {"status": each.status.value}
        for each in CATALOGUE.values()
    ]
    said: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for service, rows in {"gateway": own, **await directory.table("problems")}.items():
        for row in rows:
            said.setdefault(row["code"], (row, []))[1].append(service)
    return {code: ProblemKind(**row, services=services) for code, (row, services) in sorted(said.items())}


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _json(kinds: Iterable[ProblemKind]) -> str:
    return f"[{','.join(each.model_dump_json() for each in kinds)}]"


@router.get("", operation_id="list_problems", response_model=list[ProblemKind], responses={200: HTML})
async def list_problems(_: Annotated[Nothing, Query()], request: Request) -> Response:
    """Every problem code of every service; a page for browsers."""
    known = await catalogue(request.app.state.directory)
    if _wants_page(request):
        return HTMLResponse(pages.problems(known.values(), request.app.state.settings), headers=pages.HEADERS)
    return Response(_json(known.values()), media_type="application/json")


@router.get(
    "/{code}", operation_id="get_problem", response_model=ProblemKind, responses={200: HTML, **problems(NotFound)}
)
async def get_problem(code: Annotated[str, Path(max_length=100)], request: Request) -> Response:
    """What one problem code means and what to do about it."""
    known = await catalogue(request.app.state.directory)
    if (found := known.get(code)) is None:
        raise NotFound(what="错误代码 problem code")
    if _wants_page(request):
        return HTMLResponse(pages.problems([found], request.app.state.settings), headers=pages.HEADERS)
    return Response(found.model_dump_json(), media_type="application/json")
