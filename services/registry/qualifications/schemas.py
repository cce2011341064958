from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from services.registry.changes import Change
from services.registry.children.schemas import DIVISION
from services.registry.posts.codes import PostRole
from services.registry.qualifications.codes import CheckChannel, CheckResult, QualificationKind
from shared.schemas import Count, Day, In, Out, Page, zh

ShortText = Annotated[str, Field(max_length=100)]
Evidence = Annotated[str, Field(max_length=300)]
NUMBER, ISSUER = zh("证书编号"), zh("发证机关")
EVIDENCE = zh("证明材料", "Where the copy is kept, or how it was verified.")
EXPIRES = zh("有效期至", "The last day it is valid; left out for a health certificate: a year after it was issued.")
REVOKED = zh("撤销日期", "From this day on it proves nothing.")


class QualificationOut(Out):
    """A certificate or licence of a person."""

    id: Annotated[UUID, zh("编号")]
    person: Annotated[UUID, zh("人员")]
    person_name: Annotated[str, zh("姓名")]
    kind: Annotated[QualificationKind, zh("资格种类")]
    number: Annotated[str, NUMBER]
    issuer: Annotated[str, ISSUER]
    issued_on: Annotated[date, zh("发证日期")]
    expires_on: Annotated[date | None, zh("有效期至", "The last day it is valid.")]
    revoked_on: Annotated[date | None, REVOKED]
    evidence: Annotated[str, EVIDENCE]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class QualificationPage(Out):
    items: Annotated[list[QualificationOut], zh("资格证书")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class QualificationQuery(Page):
    person: Annotated[UUID | None, zh("人员")] = None
    kind: Annotated[QualificationKind | None, zh("资格种类")] = None
    valid_on: Annotated[Day | None, zh("有效日期", "Only what is valid on this day.")] = None
    sort: Annotated[Literal["-issued_on", "issued_on"], zh("排序")] = "-issued_on"


class QualificationNew(In):
    kind: Annotated[QualificationKind, zh("资格种类")]
    number: Annotated[ShortText, NUMBER] = ""
    issuer: Annotated[ShortText, ISSUER] = ""
    issued_on: Annotated[Day, zh("发证日期")]
    expires_on: Annotated[Day | None, EXPIRES] = None
    evidence: Annotated[Evidence, EVIDENCE] = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.expires_on is not None and self.expires_on < self.issued_on:
            raise PydanticCustomError("expires_before_issue", "expires_on lies before issued_on")
        return self


class QualificationChange(Change):
    """What to correct; `revoked_on` is how a certificate is taken away."""

    CLEARABLE: ClassVar[frozenset[str]] = frozenset({"expires_on", "revoked_on"})

    number: Annotated[ShortText | SkipJsonSchema[None], NUMBER] = None
    issuer: Annotated[ShortText | SkipJsonSchema[None], ISSUER] = None
    issued_on: Annotated[Day | SkipJsonSchema[None], zh("发证日期")] = None
    expires_on: Annotated[Day | None, zh("有效期至", "The last day it is valid.")] = None
    revoked_on: Annotated[Day | None, REVOKED] = None
    evidence: Annotated[Evidence | SkipJsonSchema[None], EVIDENCE] = None


class BackgroundCheckNew(In):
    """The answer to a query whether someone may work with children."""

    checked_on: Annotated[Day, zh("查询日期")]
    channel: Annotated[CheckChannel, zh("查询渠道")]
    result: Annotated[CheckResult, zh("查询结果")]
    reference: Annotated[str, zh("查询编号", min_length=1, max_length=100)]


class BackgroundCheckOut(Out):
    id: Annotated[UUID, zh("编号")]
    person: Annotated[UUID, zh("人员")]
    checked_on: Annotated[date, zh("查询日期")]
    channel: Annotated[CheckChannel, zh("查询渠道")]
    result: Annotated[CheckResult, zh("查询结果")]
    reference: Annotated[str, zh("查询编号")]
    synthetic: Annotated[bool, zh("演示数据")]
    created_at: Annotated[datetime, zh("登记时间")]


class BackgroundChecks(Out):
    items: Annotated[list[BackgroundCheckOut], zh("从业禁止查询", "The latest first.")]


class StaffExpiry(Out):
    """Something of a person at work that runs out: a certificate, or the year of a background check.

    `warning` is the nearest of the days of warning that has come: 60, 30 or 7; 0 when it has run out.
    """

    id: Annotated[UUID, zh("证书或查询")]
    kind: Annotated[str, zh("种类", "Code list `qualification_kind`, or `background_check`.")]
    person: Annotated[UUID, zh("人员")]
    person_name: Annotated[str, zh("姓名")]
    post: Annotated[UUID, zh("任职")]
    role: Annotated[PostRole, zh("岗位")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    expires_on: Annotated[date, zh("有效期至", "The last day it counts.")]
    days_left: Annotated[int, zh("剩余天数", "Negative when it has run out.")]
    warning: Annotated[int, zh("提醒档次", "60, 30, 7, or 0 when it has run out.")]


class StaffExpiryPage(Out):
    items: Annotated[list[StaffExpiry], zh("到期提醒")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StaffExpiryQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    kind: Annotated[str | None, zh("种类", max_length=40)] = None
    warning: Annotated[int | None, zh("提醒档次", "Only these: 60, 30, 7, or 0 for what has run out.", ge=0)] = None
    as_of: Annotated[Day | None, zh("截至日期", "Seen from this day; today by default.")] = None
    sort: Annotated[Literal["expires_on", "-expires_on"], zh("排序")] = "expires_on"
