"""How an exception becomes the answer: one handler per kind, one document shape."""

import difflib
import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import DataError, Error, OperationalError, errors
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from shared.errors import (
    CONSTRAINTS,
    ConstraintRefused,
    DomainError,
    InternalFault,
    InvalidInput,
    MalformedRequest,
    NotFound,
    Unavailable,
)
from shared.logs import trace_id

log = structlog.get_logger()

# Chinese for what pydantic says in English; {x} are its context values.
CHINESE = {
    "missing": "缺少必填项",
    "extra_forbidden": "没有这个字段",
    "string_too_long": "超过 {max_length} 个字符",
    "string_too_short": "少于 {min_length} 个字符",
    "string_pattern_mismatch": "格式不符",
    "string_type": "应为文本",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数值",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不应小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不应大于 {le}",
    "enum": "取值应为:{expected}",
    "literal_error": "取值应为:{expected}",
    "uuid_parsing": "编号格式不对",
    "uuid_type": "编号格式不对",
    "date_from_datetime_parsing": "日期应写作 YYYY-MM-DD",
    "date_parsing": "日期应写作 YYYY-MM-DD",
    "date_type": "日期应写作 YYYY-MM-DD",
    "date_out_of_range": "日期应在 1900-01-01 至 2100-12-31 之间",
    "control_character": "不得含有控制字符",
    "json_invalid": "不是有效的 JSON",
    "list_type": "应为数组",
    "dict_type": "应为对象",
    "model_attributes_type": "应为对象",
    "too_long": "超过 {max_length} 项",
    "too_short": "少于 {min_length} 项",
    "decimal_parsing": "应为十进制数",
    "decimal_max_places": "小数位不超过 {decimal_places} 位",
}


def language(request: Request) -> str:
    """`en` when the caller prefers English to Chinese, else `zh`."""
    first = request.headers.get("accept-language", "zh").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "zh"


def document(request: Request, error: DomainError, faults: list[dict[str, Any]] | None = None) -> JSONResponse:
    """Render a refusal."""
    spoken, said = language(request), error.sentence
    found = faults or []
    if error.pointer is not None:
        place = "body" if error.pointer.startswith("/") else "query"
        found = [{"pointer": error.pointer, "location": place, "code": said.code, "detail": error.detail(spoken)}]
    for fault in error.faults:
        detail = fault.en if spoken == "en" else fault.zh
        found.append({"pointer": fault.pointer, "location": "body", "code": fault.code, "detail": detail})
    body: dict[str, Any] = {
        "type": f"/problems/{said.code}",
        "title": said.status.phrase,
        "status": said.status.value,
        "detail": error.detail(spoken),
        "code": said.code,
        **error.extra,
    }
    body |= {"hint": error.hint(spoken)} if error.hint(spoken) else {}
    body |= {"errors": found} if found else {}
    body["trace_id"] = trace_id()
    headers = error.headers() | {"Content-Language": spoken}
    return JSONResponse(body, said.status, headers, media_type="application/problem+json")


def from_database(error: Error) -> DomainError | None:
    """A constraint we named is a rule, data PostgreSQL cannot store is bad input; anything else is a bug."""
    if (name := error.diag.constraint_name) in CONSTRAINTS:
        return ConstraintRefused(name)
    if isinstance(error, errors.InsufficientPrivilege) and "row-level security" in str(error):
        return NotFound(what="record")
    if isinstance(error, DataError):
        return InvalidInput(reason_zh="含有无法存储的值。", reason_en="a value cannot be stored.")
    if isinstance(error, OperationalError):
        return Unavailable()
    return None


def install(app: FastAPI) -> None:
    """Attach every handler to the application."""

    @app.exception_handler(DomainError)
    async def refused(request: Request, error: DomainError) -> JSONResponse:
        return document(request, error)

    @app.exception_handler(DBAPIError)
    async def database(request: Request, error: DBAPIError) -> JSONResponse:
        refusal = from_database(error.orig) if isinstance(error.orig, Error) else None
        return document(request, refusal) if refusal else _unexpected(request, error)

    @app.exception_handler(Error)
    async def driver(request: Request, error: Error) -> JSONResponse:
        refusal = from_database(error)
        return document(request, refusal) if refusal else _unexpected(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [_fault(request, each) for each in error.errors()[:100]]
        first = faults[0]["detail"] if faults else ""
        return document(request, InvalidInput(reason_zh=first, reason_en=first), faults)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        return _http(request, error)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        return _unexpected(request, error)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected", path=request.url.path, exc_info=error)
    return document(request, InternalFault())


class NoSuchAddress(NotFound):
    zh = "没有这个地址。"
    en = "There is nothing at this address."


class MethodNotAllowed(DomainError):
    status = HTTPStatus.METHOD_NOT_ALLOWED
    zh = "该地址不支持这个方法。"
    en = "This address does not support the method."


class TooLarge(DomainError):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    zh = "请求体过大。"
    en = "The body is too large."


def _http(request: Request, error: HTTPException) -> JSONResponse:
    kinds: dict[int, type[DomainError]] = {404: NoSuchAddress, 405: MethodNotAllowed, 413: TooLarge}
    refusal = kinds.get(error.status_code, MalformedRequest)()
    answer = document(request, refusal)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def _fault(request: Request, error: dict[str, Any]) -> dict[str, Any]:
    location, *path = error["loc"]
    kind, context = error["type"], error.get("ctx", {})
    english = str(error["msg"])
    said = english
    if language(request) == "zh":
        said = CHINESE.get(kind, english).format_map({k: str(v) for k, v in context.items()} | {"expected": ""})
        said = re.sub(r"^Value error, ", "", said)
        if kind in ("enum", "literal_error"):
            said = f"取值应为:{context.get('expected', '')}"
    if kind == "extra_forbidden" and path and (near := _nearest(str(path[-1]), _known(request, location))):
        said += f";是否想写 {near}?" if language(request) == "zh" else f"; did you mean {near}?"
    steps = "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in path)
    pointer = f"/{steps}" if location == "body" else steps
    return {"pointer": pointer, "location": str(location), "code": kind, "detail": said}


def _nearest(name: str, known: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(name, list(known), 1)), None)


def _known(request: Request, location: str) -> list[str]:
    """Names the route would have accepted at the top level of that location."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    if dependant is None:
        return []
    parameters = dependant.body_params if location == "body" else dependant.query_params
    names: list[str] = []
    for parameter in parameters:
        annotation = parameter.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            names += annotation.model_fields
        else:
            names.append(parameter.alias)
    return names
