"""The bases of every message: strict on the way in, complete on the way out, labelled in Chinese."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

# Pydantic would also read a number of seconds written as text.
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def zh(label: str, description: str = "", **constraints: Any) -> Any:
    """Make a field with its Chinese label; `constraints` are those of pydantic's Field."""
    return Field(description=description or None, json_schema_extra={"x-label-zh": label}, **constraints)


def _unprintable(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[InitErrorDetails]:
    """No control characters: PostgreSQL cannot store a NUL, and no one can see the others."""
    if isinstance(value, str):
        if CONTROL.search(value):
            fault = PydanticCustomError("control_character", "control characters are not allowed")
            yield InitErrorDetails(type=fault, loc=path, input=value)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _unprintable(each, (*path, name))
            yield from _unprintable(name, (*path, name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _unprintable(each, (*path, place))


# Default of a field that may be left out and is never null: `name: Annotated[str, zh("名称")] = UNSENT`.
UNSENT: Any = None


def _unsent(schema: dict[str, Any]) -> None:
    for field in schema.get("properties", {}).values():
        if "default" in field and field["default"] is None and {"type": "null"} not in field.get("anyOf", ()):
            del field["default"]


class In(BaseModel):
    """What a caller sends: no unknown field, no stray blanks, no control character."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        str_max_length=4000,
        json_schema_extra=_unsent,
    )

    @model_validator(mode="before")
    @classmethod
    def _printable(cls, value: Any) -> Any:
        if isinstance(value, dict) and (faults := list(_unprintable(value))):
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return value


class Out(BaseModel):
    """What a caller gets: every field always there."""

    model_config = ConfigDict(from_attributes=True, frozen=True, extra="forbid")


def _plausible(value: date) -> date:
    if not date(1900, 1, 1) <= value <= date(2100, 12, 31):
        raise PydanticCustomError("date_out_of_range", "the date must lie between 1900-01-01 and 2100-12-31")
    return value


def _iso_text(value: Any) -> Any:
    if not isinstance(value, (str, date)) or (isinstance(value, str) and not ISO_DAY.fullmatch(value.strip())):
        raise PydanticCustomError("date_type", "the date must be written YYYY-MM-DD")
    return value


# A number is not a date; a date outside two centuries is a slip of the pen.
Day = Annotated[
    date,
    BeforeValidator(_iso_text),
    AfterValidator(_plausible),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Money = Annotated[
    Decimal,
    Field(max_digits=14, decimal_places=2),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^-?\d{1,12}(\.\d{1,2})?$"}),
]
Count = Annotated[int, WithJsonSchema({"type": "integer", "format": "int64"})]


class Code(StrEnum):
    """An enumeration whose values carry their labels: `PUBLIC = "public", "公办", "public"`."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh, member.en = zh, en
        return member

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        made: dict[str, Any] = handler(schema)
        resolved = handler.resolve_ref_schema(made)
        resolved["x-enum-labels-zh"] = {each.value: each.zh for each in cls}
        return made


class Page(In):
    """What every list understands."""

    limit: Annotated[int, zh("每页条数", ge=1, le=500)] = 50
    after: Annotated[str, zh("游标", "`next` of the page before.", max_length=2000)] = UNSENT
    fields: Annotated[str, zh("字段", "Only these fields, comma-separated.", max_length=1000)] = UNSENT
    count: Annotated[bool, zh("总数", "Also answer `total`, the exact number of matching rows.")] = False
