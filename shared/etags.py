"""Edits say which version they edit: `If-Match` with the strong ETag of the row."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Header, Response
from pydantic_core import to_jsonable_python

from shared.errors import DomainError


class VersionNeeded(DomainError):
    status = HTTPStatus.PRECONDITION_REQUIRED
    zh = "修改前须说明所依据的版本。"
    en = "Say which version you are editing."
    hint_zh = "把读取时得到的 ETag 放入 If-Match 请求头。"
    hint_en = "Send the ETag you got when reading in the If-Match header."


class VersionIsStale(DomainError):
    status = HTTPStatus.PRECONDITION_FAILED
    zh = "记录已被他人修改,当前版本为 {current}。"
    en = "Someone else has changed the record; it is at version {current} now."
    hint_zh = "请重新读取,核对差异后再提交。"
    hint_en = "Read it again, compare, and submit again."


def etag(version: int) -> str:
    return f'"{version}"'


async def _version(
    if_match: Annotated[
        str | None, Header(max_length=40, description="ETag of the version being edited, as the read gave it.")
    ] = None,
) -> int:
    if if_match is None:
        raise VersionNeeded
    digits = if_match.strip().removeprefix('"').removesuffix('"')
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else -1  # noqa: PLR2004  # bigint


# The version the caller edits; -1 when what was sent is no version of ours, so that it matches none.
IfMatch = Annotated[int, Depends(_version)]


def check(asked: int, current: int, differing: Mapping[str, Any] | None = None) -> None:
    """Raise `VersionIsStale`, with the fields that now differ from what was sent."""
    if asked != current:
        raise VersionIsStale(
            current=current, extra={"current_version": current, "differing": to_jsonable_python(dict(differing or {}))}
        )


def tagged(body: bytes | str, version: int, status: int = 200) -> Response:
    """A JSON answer with its ETag."""
    return Response(body, status, {"ETag": etag(version)}, media_type="application/json")
