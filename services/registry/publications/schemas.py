from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.registry.classes.codes import ClassKind
from services.registry.divisions.schemas import DIVISION
from services.registry.kindergartens.codes import Relation, Status, Type
from services.registry.licences.codes import LicenceStanding
from services.registry.relation_agreements.codes import RelationKind
from shared.schemas import UNSENT, Count, Day, In, Money, Out, Page, zh


class PublishedSite(Out):
    """A site 园址 of the kindergarten beside its main address."""

    name: Annotated[str, zh("名称")]
    address: Annotated[str, zh("地址")]


class PublishedRecognition(Out):
    """The recognition 普惠性民办园认定 in force."""

    since: Annotated[date, zh("认定起始日期")]
    until: Annotated[date, zh("认定届满日期", "The first day out of the term.")]
    agreed_fee: Annotated[Money, zh("协议保教费", "Yuan per child and month.")]
    document: Annotated[str, zh("认定文号")]


class PublishedRelation(Out):
    """An agreement with a group or another kindergarten in force."""

    kind: Annotated[RelationKind, zh("关系")]
    partner: Annotated[str, zh("合作方")]
    until: Annotated[date, zh("届满日期", "The first day out of the term.")]


class PublishedRecord(Out):
    """What the register says of a kindergarten, as far as it is public (学前教育法 art. 72)."""

    name: Annotated[str, zh("名称")]
    short_name: Annotated[str, zh("简称")]
    type: Annotated[Type | None, zh("办园性质")]
    for_profit: Annotated[bool, zh("营利性")]
    status: Annotated[Status | None, zh("状态")]
    founder: Annotated[str, zh("举办者")]
    relation: Annotated[Relation | None, zh("从属关系")]
    belongs_to: Annotated[str | None, zh("所属幼儿园或学校")]
    group: Annotated[str | None, zh("教育集团")]
    school_code: Annotated[str | None, zh("学校标识码")]
    credit_code: Annotated[str | None, zh("统一社会信用代码")]
    licence_number: Annotated[str | None, zh("办学许可证号")]
    licence_issued_on: Annotated[date | None, zh("发证日期")]
    licence_expires_on: Annotated[date | None, zh("许可证到期日", "The last day the licence is valid.")]
    licence_stopped: Annotated[LicenceStanding | None, zh("许可证停用", "Suspended, revoked or ended; else null.")]
    division: Annotated[str, zh("区划代码")]
    division_name: Annotated[str, zh("区划名称")]
    town_name: Annotated[str, zh("镇乡街道")]
    address: Annotated[str, zh("地址")]
    sites: Annotated[list[PublishedSite], zh("其他园址")]
    phone: Annotated[str, zh("电话")]
    email: Annotated[str, zh("电子邮箱")]
    opened_on: Annotated[date | None, zh("开办日期")]
    closed_on: Annotated[date | None, zh("终止日期")]
    licensed_seats: Annotated[Count, zh("核定学位数")]
    principal_name: Annotated[str | None, zh("园长", "As filed, while the post is held.")]
    recognition: Annotated[PublishedRecognition | None, zh("普惠认定")]
    relations: Annotated[list[PublishedRelation], zh("办园协议")]
    fee_document: Annotated[str, zh("收费文件", "Number of the document the fees are charged by.")]
    synthetic: Annotated[bool, zh("演示数据")]


class PublishedClasses(Out):
    """Classes of one kind, counted."""

    kind: Annotated[ClassKind, zh("班级类型")]
    classes: Annotated[Count, zh("班数")]
    places: Annotated[Count, zh("班额合计")]
    children: Annotated[Count, zh("在园幼儿数")]


class PublishedFigures(Out):
    """What was counted on the day of publication; nobody is named."""

    classes: Annotated[list[PublishedClasses], zh("班级")]
    staff: Annotated[Count, zh("教职工数")]
    teachers: Annotated[Count, zh("专任教师数")]
    certified_teachers: Annotated[Count, zh("持教师资格证的专任教师数")]


class PublicationRow(Out):
    """A published version 公示版本."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称", "As published.")]
    division: Annotated[str, zh("区划代码")]
    number: Annotated[Count, zh("公示版本")]
    published_on: Annotated[date, zh("公示日期")]
    published_by: Annotated[str, zh("公示人")]
    hash: Annotated[str, zh("摘要", "SHA-256 of record and figures.")]
    synthetic: Annotated[bool, zh("演示数据")]


class PublicationPage(Out):
    items: Annotated[list[PublicationRow], zh("公示")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PublicationQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    since: Annotated[Day, zh("公示日期自")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    sort: Annotated[Literal["published_on", "-published_on"], zh("排序")] = "-published_on"


class PublicationNew(In):
    """Whose public pages are to be brought up to date."""

    kindergartens: Annotated[
        list[UUID], zh("幼儿园", "Each in the caller's scope."), Field(min_length=1, max_length=200)
    ]


class Published(Out):
    items: Annotated[list[PublicationRow], zh("公示")]


class PublicationDraft(Out):
    """What would be published now, and which fields differ from the page as it is."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    published: Annotated[Count | None, zh("现公示版本")]
    differing: Annotated[list[str], zh("与现公示不同的字段")]
    record: Annotated[PublishedRecord, zh("公示内容")]
    figures: Annotated[PublishedFigures, zh("公示数据")]


class PublicationDutyRow(Out):
    """A change the public page has to show (政府信息公开条例 art. 26; REG-24 when it does not in time)."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    fields: Annotated[list[str], zh("变更字段")]
    arose_on: Annotated[date, zh("变更日期")]
    due_on: Annotated[date, zh("公示期限", "The last day.")]
    met_on: Annotated[date | None, zh("公示日期")]
    publication: Annotated[UUID | None, zh("公示")]
    overdue: Annotated[bool, zh("逾期", "Not published by then, as of `as_of`, or published later.")]
    rule: Annotated[str | None, zh("规则编号", "REG-24 when overdue.")]
    synthetic: Annotated[bool, zh("演示数据")]


class PublicationDutyPage(Out):
    items: Annotated[list[PublicationDutyRow], zh("公示事项")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PublicationDutyQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    met: Annotated[bool, zh("已公示")] = UNSENT
    overdue: Annotated[bool, zh("逾期")] = UNSENT
    due_before: Annotated[Day, zh("公示期限早于")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `overdue`; today by default.")] = UNSENT
    sort: Annotated[Literal["due_on", "-due_on"], zh("排序")] = "due_on"


class PublicKindergartenRow(Out):
    """A kindergarten as the public list shows it: what was last published."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    type: Annotated[Type | None, zh("办园性质")]
    status: Annotated[Status | None, zh("状态")]
    division: Annotated[str, zh("区划代码")]
    town_name: Annotated[str, zh("镇乡街道")]
    address: Annotated[str, zh("地址")]
    phone: Annotated[str, zh("电话")]
    licence_number: Annotated[str | None, zh("办学许可证号")]
    licence_expires_on: Annotated[date | None, zh("许可证到期日")]
    inclusive: Annotated[bool, zh("普惠", "Public, or private and recognised.")]
    published_on: Annotated[date, zh("公示日期")]
    number: Annotated[Count, zh("公示版本")]
    synthetic: Annotated[bool, zh("演示数据")]


class PublicKindergartenPage(Out):
    items: Annotated[list[PublicKindergartenRow], zh("幼儿园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PublicKindergartenQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    type: Annotated[Type, zh("办园性质")] = UNSENT
    status: Annotated[Status, zh("状态")] = UNSENT
    inclusive: Annotated[bool, zh("普惠")] = UNSENT
    q: Annotated[str, zh("名称", "Part of the name, in characters or pinyin.", min_length=1, max_length=50)] = UNSENT
    sort: Annotated[Literal["name", "-name"], zh("排序")] = "name"


class PublishedVersion(Out):
    """One former or present version of the public page."""

    number: Annotated[Count, zh("公示版本")]
    published_on: Annotated[date, zh("公示日期")]
    hash: Annotated[str, zh("摘要", "SHA-256 of record and figures.")]
    record: Annotated[PublishedRecord, zh("公示内容")]
    figures: Annotated[PublishedFigures, zh("公示数据")]


class PublicKindergarten(PublishedVersion):
    """The public page of a kindergarten 信息公示."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    versions: Annotated[Count, zh("历次公示数")]


class PublishedVersions(Out):
    items: Annotated[list[PublishedVersion], zh("历次公示", "The latest first.")]
