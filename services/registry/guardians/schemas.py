from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from services.registry.changes import Change
from services.registry.children.schemas import (
    DOCUMENT_NUMBER,
    DOCUMENT_TYPE,
    NAME,
    DocumentNumber,
    DocumentType,
    PersonName,
)
from shared.schemas import Count, In, Out, zh

RelationCode = Annotated[str, Field(min_length=2, max_length=2)]
RELATION = zh("与幼儿关系", "Code list `relation` (GB/T 4761).")
PHONE = zh("联系电话", "Never answered in clear by a read.", pattern=r"^\+?\d[\d-]{5,18}\d$")


class GuardianOut(Out):
    """A guardian of a child. Document and telephone are masked."""

    id: Annotated[UUID, zh("编号")]
    child: Annotated[UUID, zh("幼儿")]
    name: Annotated[str, zh("姓名")]
    relation: Annotated[str, zh("与幼儿关系", "Code list `relation` (GB/T 4761).")]
    document_type: Annotated[str | None, zh("证件类型", "Code list `document_type`.")]
    document_mask: Annotated[str, zh("证件号码(掩码)")]
    phone_mask: Annotated[str, zh("联系电话(掩码)")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class GuardianNew(In):
    """A guardian to record for a child."""

    name: Annotated[PersonName, NAME]
    relation: Annotated[RelationCode, RELATION]
    phone: Annotated[str | None, PHONE] = None
    document_type: Annotated[DocumentType | None, DOCUMENT_TYPE] = None
    document_number: Annotated[DocumentNumber | None, DOCUMENT_NUMBER] = None

    @model_validator(mode="after")
    def _document_is_whole(self) -> "GuardianNew":
        if (self.document_type is None) != (self.document_number is None):
            raise PydanticCustomError("document_incomplete", "a document has a type and a number")
        return self


class GuardianChange(Change):
    """What to change of a guardian; null clears telephone or document."""

    CLEARABLE: ClassVar[frozenset[str]] = frozenset({"phone", "document_type", "document_number"})

    name: Annotated[PersonName | SkipJsonSchema[None], NAME] = None
    relation: Annotated[RelationCode | SkipJsonSchema[None], RELATION] = None
    phone: Annotated[str | None, PHONE] = None
    document_type: Annotated[DocumentType | None, DOCUMENT_TYPE] = None
    document_number: Annotated[DocumentNumber | None, DOCUMENT_NUMBER] = None

    @model_validator(mode="after")
    def _document_is_whole(self) -> "GuardianChange":
        parts = {"document_type", "document_number"} & self.model_fields_set
        if len(parts) == 1 or (self.document_type is None) != (self.document_number is None):
            raise PydanticCustomError("document_incomplete", "a document has a type and a number")
        return self
