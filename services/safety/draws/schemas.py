from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.schemas import Count, In, Out, Page, zh


class DrawInspectorIn(In):
    """Somebody who may be drawn to inspect, and where they must not (回避: own kin, former post, interest)."""

    account: Annotated[str, zh("账号", min_length=1, max_length=100)]
    conflicts: Annotated[list[UUID], zh("须回避的幼儿园", max_length=200)] = Field(default=[])


class DrawNew(In):
    title: Annotated[str, zh("名称", min_length=1, max_length=100)]
    checklist: Annotated[str, zh("检查表代码", max_length=50)]
    division: Annotated[str | None, zh("抽查范围", "Left out: all of the caller's scope.", pattern=r"^\d{6,12}$")] = (
        None
    )
    count: Annotated[int, zh("抽取数量", ge=1, le=500)]
    per_visit: Annotated[int, zh("每园人数", "Two at least: 行政处罚法 art. 42.", ge=2, le=10)] = 2
    inspectors: Annotated[list[DrawInspectorIn], zh("检查人员名录", min_length=2, max_length=500)]


class DrawingIn(In):
    public_number: Annotated[
        str,
        zh(
            "公开随机数",
            "Made public after the preparation, such as a lottery's numbers.",
            pattern=r"^[0-9A-Za-z ,.+-]{4,200}$",
        ),
    ]
    public_source: Annotated[str, zh("随机数来源", min_length=1, max_length=200)]


class DrawVisit(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    inspectors: Annotated[list[str], zh("检查人员")]
    inspection: Annotated[UUID, zh("检查编号")]


class DrawInspector(Out):
    account: Annotated[str, zh("账号")]
    conflicts: Annotated[list[UUID], zh("须回避的幼儿园")]


class DrawOut(Out):
    """Everything a third party needs to repeat the draw; the secret is shown once it was drawn."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    title: Annotated[str, zh("名称")]
    checklist: Annotated[str, zh("检查表代码")]
    candidates: Annotated[list[UUID], zh("候选幼儿园")]
    count: Annotated[Count, zh("抽取数量")]
    per_visit: Annotated[Count, zh("每园人数")]
    inspectors: Annotated[list[DrawInspector], zh("检查人员名录")]
    commitment: Annotated[str, zh("承诺摘要", "SHA-256 of the secret, hex, published before the draw.")]
    secret: Annotated[str | None, zh("承诺原文")]
    public_number: Annotated[str | None, zh("公开随机数")]
    public_source: Annotated[str | None, zh("随机数来源")]
    seed: Annotated[str | None, zh("种子", "Secret, `|`, public number.")]
    method: Annotated[str, zh("方法")]
    prepared_by: Annotated[str, zh("准备人")]
    prepared_at: Annotated[datetime, zh("准备时刻")]
    drawn_by: Annotated[str | None, zh("抽取人")]
    drawn_at: Annotated[datetime | None, zh("抽取时刻")]
    result: Annotated[list[DrawVisit] | None, zh("结果")]


class DrawRow(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    title: Annotated[str, zh("名称")]
    checklist: Annotated[str, zh("检查表代码")]
    count: Annotated[Count, zh("抽取数量")]
    commitment: Annotated[str, zh("承诺摘要")]
    public_number: Annotated[str | None, zh("公开随机数")]
    prepared_at: Annotated[datetime, zh("准备时刻")]
    drawn_at: Annotated[datetime | None, zh("抽取时刻")]


class DrawPage(Out):
    items: Annotated[list[DrawRow], zh("抽取")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DrawQuery(Page):
    sort: Annotated[Literal["-prepared_at"], zh("排序")] = "-prepared_at"
