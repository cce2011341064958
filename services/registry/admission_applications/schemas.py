from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.registry.admissions.codes import ApplicationState, DeclarationState, PlaceState, SeatKind
from services.registry.changes import Change
from services.registry.children.schemas import ChildIdentity
from services.registry.offers import RegistryOffer
from shared.schemas import Count, In, Out, Page, zh

Wishes = Annotated[list[UUID], Field(min_length=1, max_length=20)]
WISHES = zh(
    "志愿", "Ids of seats offered in the round, the dearest first. To leave out a wish never helps another one."
)
# 学前教育法 art. 15: no test of any kind before a child enters (REG-21).
TESTS = ("score", "test", "exam", "interview", "grade", "成绩", "分数", "测试", "考试", "考核", "面试", "测评")


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield str(name)
            yield from _names(each)
    elif isinstance(value, list):
        for each in value:
            yield from _names(each)


class Untested(In):
    """A form that has no place for a test or a score."""

    @model_validator(mode="before")
    @classmethod
    def _no_test(cls, value: Any) -> Any:
        for name in _names(value):
            if any(word in name.lower() for word in TESTS):
                said = "REG-21: no test or exam decides on entering a kindergarten (学前教育法 art. 15): remove {field}"
                raise PydanticCustomError("entrance_test_forbidden", said, {"field": name[:100]})
        return value


class AdmissionHome(In):
    """Where the child lives: used for the bands of distance, and not kept."""

    latitude: Annotated[float, zh("纬度", "WGS 84.", ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, zh("经度", "WGS 84.", ge=-180, le=180, allow_inf_nan=False)]


class AdmissionDeclarationNew(Untested):
    """What the guardians declare so that it counts."""

    criterion: Annotated[str, zh("声明事项", "A criterion of the round's priorities.", max_length=40)]
    at_kindergarten: Annotated[
        UUID | None, zh("所指幼儿园", "For what counts at one kindergarten only, such as a sibling there.")
    ] = None


class AdmissionApplicationNew(Untested):
    """An application 报名 for a child that is registered, by identity or, in sight, by its id."""

    round: Annotated[UUID, zh("招生轮次")]
    child: Annotated[UUID | None, zh("幼儿", "Of a child the caller sees.")] = None
    identity: Annotated[ChildIdentity | None, zh("身份", "Of a child registered in the district.")] = None
    guardian: Annotated[UUID, zh("申请监护人", "A guardian on record of the child; it consents and declares.")]
    consent: Annotated[Literal[True], zh("同意处理个人信息", "学前教育法 art. 21; without it there is no application.")]
    wishes: Annotated[Wishes, WISHES]
    home: Annotated[AdmissionHome | None, zh("住址位置")] = None
    declarations: Annotated[list[AdmissionDeclarationNew], zh("优待声明", max_length=20, default_factory=list)]

    @model_validator(mode="after")
    def _one_child(self) -> Self:
        if (self.child is None) == (self.identity is None):
            raise PydanticCustomError("one_child", "name the child once: by child or identity")
        return self


class AdmissionApplicationChange(Change, Untested):
    """Other wishes. Bands of distance are measured anew from `home`; without it only those known are kept."""

    wishes: Annotated[Wishes, WISHES]
    home: Annotated[AdmissionHome | None, zh("住址位置")] = None

    CLEARABLE: ClassVar[frozenset[str]] = frozenset({"home"})


class AdmissionDeclarationCheck(Untested):
    """Whether the proof was seen and holds."""

    confirmed: Annotated[bool, zh("是否确认")]
    reason: Annotated[str, zh("说明", "Needed when it is not confirmed. No personal data.", max_length=300)] = ""

    @model_validator(mode="after")
    def _says_why_not(self) -> Self:
        if not self.confirmed and not self.reason:
            raise PydanticCustomError("reason_needed", "say why it is not confirmed")
        return self


class AdmissionDeclarationOut(Out):
    """What was declared, and what came of it."""

    id: Annotated[UUID, zh("编号")]
    criterion: Annotated[str, zh("声明事项")]
    at_kindergarten: Annotated[UUID | None, zh("所指幼儿园")]
    state: Annotated[DeclarationState, zh("审核状态")]
    reason: Annotated[str, zh("说明")]
    checked_by: Annotated[str | None, zh("审核人")]


class AdmissionWish(Out):
    """One wish, and what came of it."""

    wish: Annotated[Count, zh("志愿序号")]
    seats_of: Annotated[UUID, zh("招生学位")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[SeatKind, zh("班级类型")]
    band: Annotated[Count | None, zh("距离段", "0 the nearest; null when the home is not known.")]
    place: Annotated[UUID | None, zh("录取或候补", "Null before the allocation, and for wishes that were not reached.")]
    state: Annotated[PlaceState | None, zh("录取状态")]
    turn: Annotated[Count | None, zh("排位", "In the order of this kindergarten.")]
    answer_by: Annotated[date | None, zh("确认期限")]


class AdmissionApplicationRow(Out):
    """An application 报名. Only the district, the town and the portal see it; no kindergarten does."""

    id: Annotated[UUID, zh("编号")]
    round: Annotated[UUID, zh("招生轮次")]
    number: Annotated[str, zh("报名号", "Stands for the application in what is published.")]
    child: Annotated[UUID, zh("幼儿")]
    child_name: Annotated[str | None, zh("幼儿姓名", "Null when the child is out of the caller's sight by now.")]
    birth_date: Annotated[date | None, zh("出生日期")]
    document_mask: Annotated[str | None, zh("证件号码(掩码)")]
    division: Annotated[str, zh("居住地区划")]
    guardian: Annotated[UUID | None, zh("申请监护人")]
    guardian_name: Annotated[str | None, zh("监护人姓名")]
    phone_mask: Annotated[str | None, zh("联系电话(掩码)")]
    consented_on: Annotated[date, zh("同意日期")]
    state: Annotated[ApplicationState, zh("状态")]
    wished: Annotated[Count, zh("志愿数")]
    unchecked: Annotated[Count, zh("待审核声明数")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class AdmissionApplicationOut(AdmissionApplicationRow):
    """An application in full, with what the caller may do with it now."""

    wishes: Annotated[list[AdmissionWish], zh("志愿")]
    declarations: Annotated[list[AdmissionDeclarationOut], zh("优待声明")]
    actions: Annotated[list[RegistryOffer], zh("可做的操作")]


class AdmissionApplicationPage(Out):
    items: Annotated[list[AdmissionApplicationRow], zh("报名")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AdmissionApplicationQuery(Page):
    round: Annotated[UUID | None, zh("招生轮次")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    division: Annotated[str | None, zh("居住地区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    state: Annotated[ApplicationState | None, zh("状态")] = None
    number: Annotated[str | None, zh("报名号", max_length=16)] = None
    unchecked: Annotated[bool | None, zh("有待审核声明")] = None
    sort: Annotated[Literal["-filed", "filed"], zh("排序")] = "-filed"
