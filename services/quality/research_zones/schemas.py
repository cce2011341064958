from typing import Annotated
from uuid import UUID

from services.quality.research_zones.codes import ZoneKind
from shared.schemas import Count, In, Out, Page, zh

Name = Annotated[str, zh("名称", min_length=1, max_length=100)]


class ResearchZoneNew(In):
    kind: Annotated[ZoneKind, zh("种类")] = ZoneKind.ZONE
    name: Name
    leader: Annotated[UUID | None, zh("牵头园")] = None
    researcher: Annotated[str, zh("教研员账号", min_length=1, max_length=100)]
    researcher_name: Annotated[str, zh("教研员姓名", min_length=1, max_length=100)]


class ZoneQuery(In):
    kind: Annotated[ZoneKind | None, zh("种类")] = None


class ZoneMembersPut(In):
    kindergartens: Annotated[list[UUID], zh("成员园", "All of them; who was elsewhere moves here.", max_length=300)]


class ResearchZoneOut(Out):
    id: Annotated[UUID, zh("编号")]
    kind: Annotated[ZoneKind, zh("种类")]
    name: Annotated[str, zh("名称")]
    leader: Annotated[UUID | None, zh("牵头园")]
    researcher: Annotated[str, zh("教研员账号")]
    researcher_name: Annotated[str, zh("教研员")]
    kindergartens: Annotated[list[UUID], zh("成员园")]
    load: Annotated[Count, zh("教研员负责园所数", "Over all zones of this researcher.")]
    overloaded: Annotated[bool, zh("超出负责园所数")]


class ResearchCoverageRow(Out):
    """One kindergarten in one term (QUA-09)."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    zone: Annotated[str | None, zh("片区", "Null: in none.")]
    researcher: Annotated[str | None, zh("教研员")]
    activities: Annotated[Count, zh("本学期参加教研次数")]
    district_activities: Annotated[Count, zh("其中区级")]
    zone_activities: Annotated[Count, zh("其中片级")]
    own_activities: Annotated[Count, zh("其中园级")]
    covered: Annotated[bool, zh("已覆盖", "In a zone and at an activity this term.")]


class ResearchCoveragePage(Out):
    items: Annotated[list[ResearchCoverageRow], zh("教研覆盖")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ResearchCoverageQuery(Page):
    covered: Annotated[bool | None, zh("已覆盖")] = None
    sort: Annotated[str, zh("排序", pattern="^-?kindergarten_name$")] = "kindergarten_name"


class ResearchFigure(Out):
    """教研覆盖率, live: of the kindergartens that operate, how many are covered this term."""

    kindergartens: Annotated[Count, zh("在办园所数")]
    in_a_zone: Annotated[Count, zh("已入片区")]
    covered: Annotated[Count, zh("本学期已覆盖")]
    percent: Annotated[str | None, zh("覆盖率(%)", "Two decimals; null where there is no kindergarten.")]
    alliances: Annotated[Count, zh("已组建联盟", "With a leader and members.")]
    alliances_planned: Annotated[Count, zh("应组建联盟", "五大联盟, 三(三)2-h.")]
