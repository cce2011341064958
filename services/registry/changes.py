"""The base of edits: what is not sent stays, what is sent as null is cleared where the field may be empty."""

from typing import Any, ClassVar

from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from shared.schemas import In


class Change(In):
    """An edit. `CLEARABLE` are the fields that null empties; sent as null, any other one is refused."""

    CLEARABLE: ClassVar[frozenset[str]] = frozenset()

    @field_validator("*")
    @classmethod
    def _not_null(cls, value: Any, info: ValidationInfo) -> Any:
        if value is None and info.field_name not in cls.CLEARABLE:
            raise PydanticCustomError("null_not_allowed", "null is not allowed here: leave the field out to keep it")
        return value

    def sent(self) -> dict[str, Any]:
        """The fields the caller named."""
        return self.model_dump(exclude_unset=True)
