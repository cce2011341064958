from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.registry.admissions.codes import PlaceState, SeatKind
from services.registry.children.schemas import ChildIdentity
from services.registry.offers import RegistryOffer
from shared.schemas import Count, Day, In, Out, Page, zh


class AdmissionPlaceRow(Out):
    """A place offered to a child, or its turn on the waiting list.

    A kindergarten sees its own, and who the child is once it is offered a place; of those who wait, their turn.
    """

    id: Annotated[UUID, zh("编号")]
    round: Annotated[UUID, zh("招生轮次")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    seats_of: Annotated[UUID, zh("招生学位")]
    kind: Annotated[SeatKind, zh("班级类型")]
    turn: Annotated[Count, zh("排位", "In the order of this kindergarten.")]
    state: Annotated[PlaceState, zh("状态")]
    offered_on: Annotated[date | None, zh("录取日期")]
    answer_by: Annotated[date | None, zh("确认期限", "The last day on which it can be accepted.")]
    child: Annotated[UUID | None, zh("幼儿", "Null while it waits, for a kindergarten.")]
    child_name: Annotated[str | None, zh("幼儿姓名")]
    sex: Annotated[str | None, zh("性别")]
    birth_date: Annotated[date | None, zh("出生日期")]
    document_mask: Annotated[str | None, zh("证件号码(掩码)")]
    enrolment: Annotated[UUID | None, zh("在园记录")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class AdmissionPlaceOut(AdmissionPlaceRow):
    """A place, with what the caller may do with it now."""

    actions: Annotated[list[RegistryOffer], zh("可做的操作")]


class AdmissionPlacePage(Out):
    items: Annotated[list[AdmissionPlaceRow], zh("录取与候补")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AdmissionPlaceQuery(Page):
    round: Annotated[UUID | None, zh("招生轮次")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    kind: Annotated[SeatKind | None, zh("班级类型")] = None
    state: Annotated[PlaceState | None, zh("状态")] = None
    application: Annotated[UUID | None, zh("报名")] = None
    answer_before: Annotated[Day | None, zh("确认期限早于")] = None
    sort: Annotated[Literal["turn", "-turn"], zh("排序")] = "turn"


class AdmissionPlaceAcceptance(In):
    """The family takes the place: the child is enrolled in a class of what was offered."""

    class_id: Annotated[UUID, zh("班级")]
    since: Annotated[Day | None, zh("入园日期", "The first day of the school year by default.")] = None
    identity: Annotated[
        ChildIdentity | None,
        zh("身份", "As the guardian shows it; needed where the caller does not see the child's record."),
    ] = None
