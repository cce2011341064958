"""Errors a caller can act on: RFC 9457 documents in Chinese or English, each listed in a catalogue."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one problem code says, in both languages, and what to do about it."""

    code: str
    status: HTTPStatus
    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""


CATALOGUE: dict[str, Sentence] = {}
CONSTRAINTS: dict[str, Sentence] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one field of the input: where (a JSON Pointer), its stable code, and what to say."""

    pointer: str
    code: str
    zh: str
    en: str


class DomainError(Exception):
    """A rule said no.

    Subclasses name the fact (`ClassIsFull`) and say it in `zh` and `en`, templates over the keyword facts given when
    it is raised. `pointer` is the JSON Pointer of the input at fault, when one field is; `faults` are all of them when
    several are.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT
    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""
    hint_zh: ClassVar[str] = ""
    hint_en: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        CATALOGUE[cls.code()] = Sentence(cls.code(), cls.status, cls.zh, cls.en, cls.hint_zh, cls.hint_en)

    def __init__(
        self,
        *,
        pointer: str | None = None,
        faults: Sequence[Fault] = (),
        extra: Mapping[str, Any] | None = None,
        **facts: object,
    ) -> None:
        self.pointer = pointer
        self.faults = tuple(faults)
        self.extra = dict(extra or {})
        self.facts = facts
        self.sentence = CATALOGUE[self.code()]
        super().__init__(self.en.format_map(_Facts(facts)))

    @classmethod
    def code(cls) -> str:
        """Kebab-cased class name: the stable problem code."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def headers(self) -> dict[str, str]:
        """Headers the answer carries besides the document."""
        return {}

    def detail(self, language: str) -> str:
        said = self.sentence.en if language == "en" else self.sentence.zh
        return said.format_map(_Facts(self.facts))

    def hint(self, language: str) -> str:
        said = self.sentence.hint_en if language == "en" else self.sentence.hint_zh
        return said.format_map(_Facts(self.facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


class NotFound(DomainError):
    status = HTTPStatus.NOT_FOUND
    zh = "没有这个{what}。"
    en = "There is no such {what}."
    hint_zh = "请核对编号;不在您管理范围内的记录视为不存在。"
    hint_en = "Check the identifier; what lies outside your scope does not exist for you."


class ConstraintRefused(DomainError):
    """A named constraint fired: its name is the code, its sentence the answer."""

    zh = "与已有记录冲突。"
    en = "It conflicts with what is on record."

    def __init__(self, name: str) -> None:
        super().__init__()
        self.sentence = CONSTRAINTS[name]


class NotAuthenticated(DomainError):
    """One answer for every fault of a token: it tells a stranger nothing."""

    status = HTTPStatus.UNAUTHORIZED
    zh = "需要有效的登录凭证。"
    en = "A valid access token is needed."
    hint_zh = "请登录或刷新令牌后重试。"
    hint_en = "Sign in, or refresh the token, and try again."

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": "Bearer"}


class NotPermitted(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "需要权限:{needed}。"
    en = "You need the permission {needed}."
    hint_zh = "可向本单位管理员申请授权;GET /me 列出您现有的权限。"
    hint_en = "Ask your administrator for a grant; GET /me lists what you may do."


class InvalidInput(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "输入有误:{reason_zh}"
    en = "The input is not valid: {reason_en}"


class MalformedRequest(DomainError):
    status = HTTPStatus.BAD_REQUEST
    zh = "请求无法解析。"
    en = "The request could not be parsed."
    hint_zh = "请检查请求体的编码与格式。"
    hint_en = "Check the encoding and the format of the body."


class InternalFault(DomainError):
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    zh = "系统内部错误,已记录。"
    en = "Something went wrong on our side; it has been recorded."
    hint_zh = "请稍后重试,并把 trace_id 告知管理员。"
    hint_en = "Try again later and tell the administrator the trace_id."


class Unavailable(DomainError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    zh = "服务暂时不可用。"
    en = "The service is not available at the moment."
    hint_zh = "请稍后重试。"
    hint_en = "Try again shortly."

    def headers(self) -> dict[str, str]:
        return {"Retry-After": "1"}


def rule(name: str, zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> str:
    """Name a database constraint as a sentence: when it fires the caller reads this, with status 409."""
    code = name.replace("_", "-")
    sentence = Sentence(code, HTTPStatus.CONFLICT, zh, en, hint_zh, hint_en)
    CATALOGUE[code] = CONSTRAINTS[name] = sentence
    return name


class ProblemError(BaseModel):
    """One fault of the input."""

    pointer: str = Field(description="JSON Pointer into the body, or the parameter's name.", examples=["/name"])
    location: str = Field(description="body, query, path or header")
    code: str
    detail: str


class Problem(BaseModel):
    """RFC 9457 problem document."""

    model_config = ConfigDict(json_schema_extra={"x-label-zh": "问题说明"})

    type: str
    title: str
    status: int
    detail: str
    code: str
    hint: str | None = None
    errors: list[ProblemError] | None = None
    trace_id: str | None = None


def problems(*errors: type[DomainError], constraints: tuple[str, ...] = ()) -> dict[int | str, dict[str, Any]]:
    """Declare, next to the route, what it may refuse; the statuses every route shares are declared once by the app."""
    codes: dict[int, list[str]] = {}
    for error in errors:
        codes.setdefault(error.status.value, []).append(error.code())
    for name in constraints:
        codes.setdefault(CONSTRAINTS[name].status.value, []).append(CONSTRAINTS[name].code)
    return {status: problem_response(", ".join(sorted(set(found)))) for status, found in codes.items()}


def problem_response(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}
