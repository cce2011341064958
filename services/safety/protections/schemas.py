from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.safety.moments import Moment
from services.safety.protections.codes import CameraArea, GapSeverity
from shared.schemas import Count, Day, In, Out, zh

People = Annotated[int, zh("人数", ge=0, le=5000)]


class SchoolGuardIn(In):
    """A guard by a code of the kindergarten's own: names stay with the kindergarten."""

    code: Annotated[str, zh("工号", min_length=1, max_length=40)]
    full_time: Annotated[bool, zh("专职")]
    certificate_until: Annotated[Day | None, zh("保安员证有效期至")] = None


class SchoolGuardOut(Out):
    code: Annotated[str, zh("工号")]
    full_time: Annotated[bool, zh("专职")]
    certificate_until: Annotated[date | None, zh("保安员证有效期至")]


class CameraIn(In):
    code: Annotated[str, zh("点位编号", min_length=1, max_length=40)]
    area: Annotated[CameraArea, zh("部位")]
    place: Annotated[str, zh("位置", max_length=200)] = ""
    retention_days: Annotated[int, zh("保存天数", ge=0, le=3650)]
    retention_reason: Annotated[str, zh("超期保存理由", max_length=300)] = ""


class CameraOut(Out):
    code: Annotated[str, zh("点位编号")]
    area: Annotated[CameraArea, zh("部位")]
    place: Annotated[str, zh("位置")]
    retention_days: Annotated[Count, zh("保存天数")]
    retention_reason: Annotated[str, zh("超期保存理由")]
    online: Annotated[bool, zh("在线")]
    offline_since: Annotated[datetime | None, zh("离线起始")]
    told_at: Annotated[datetime, zh("最近上报")]


class SafetyRuleIn(In):
    """A rule of the kindergarten in force (安全制度)."""

    title: Annotated[str, zh("制度名称", min_length=1, max_length=200)]
    version: Annotated[str, zh("版本", min_length=1, max_length=50)]
    since: Annotated[Day, zh("施行日期")]
    file: Annotated[UUID | None, zh("文本")] = None


class VideoOperatorIn(In):
    """Somebody who works the video system, by a code."""

    code: Annotated[str, zh("工号", min_length=1, max_length=40)]
    vetted_on: Annotated[Day | None, zh("背景审查日期")] = None
    confidentiality_signed_on: Annotated[Day | None, zh("保密承诺签订日期")] = None


class ProtectionPapers(In):
    """What proves it: each left out is not proven."""

    rules: Annotated[list[SafetyRuleIn], zh("安全制度", max_length=100)] = Field(default=[])
    responsibility_file: Annotated[UUID | None, zh("安全责任书")] = None
    duties: Annotated[list[str], zh("园长安全职责清单", max_length=50)] = Field(default=[])
    officer_file: Annotated[UUID | None, zh("安全管理干部任命文件")] = None
    closed_management_file: Annotated[UUID | None, zh("封闭管理与接送制度")] = None
    video_signs: Annotated[bool, zh("设有视频提示标识")] = False
    video_filing_number: Annotated[str, zh("公安备案编号", max_length=100)] = ""
    video_operators: Annotated[list[VideoOperatorIn], zh("视频系统操作人员", max_length=50)] = Field(default=[])

    def files(self) -> list[UUID]:
        """Every file it names."""
        named = [self.responsibility_file, self.officer_file, self.closed_management_file]
        return [each for each in (*named, *(rule.file for rule in self.rules)) if each is not None]


class ProtectionPut(In):
    """Everything a kindergarten has, as it is now."""

    principal: Annotated[str, zh("园长", min_length=1, max_length=50)]
    responsibility_signed_on: Annotated[Day | None, zh("责任书签订日期")] = None
    children: Annotated[int, zh("幼儿数", ge=0, le=5000)]
    staff: Annotated[int, zh("教职工数", ge=0, le=2000)]
    boarders: Annotated[int, zh("寄宿幼儿数", ge=0, le=5000)] = 0
    safety_body: Annotated[bool, zh("设有安全管理机构")]
    officer: Annotated[str, zh("安全管理干部", max_length=50)] = ""
    officer_full_time: Annotated[bool, zh("专职")]
    closed_management: Annotated[bool, zh("封闭管理")]
    gate_duty: Annotated[bool, zh("护学岗")]
    alarm_linked: Annotated[bool, zh("一键报警联网")]
    insurance_until: Annotated[Day | None, zh("校方责任险至")] = None
    video_used_since: Annotated[Day | None, zh("视频系统启用日期")] = None
    video_filed_on: Annotated[Day | None, zh("公安备案日期")] = None
    guards: Annotated[list[SchoolGuardIn], zh("保安员", max_length=100)]
    cameras: Annotated[list[CameraIn], zh("视频点位", max_length=500)]
    papers: Annotated[ProtectionPapers, zh("佐证材料")] = Field(default=ProtectionPapers())


class AlarmTestIn(In):
    tested_on: Annotated[Day, zh("测试日期")]
    passed: Annotated[bool, zh("合格")]
    answered_by: Annotated[str, zh("接警单位", max_length=100)] = ""
    note: Annotated[str, zh("说明", max_length=500)] = ""


class DeviceState(In):
    """State of one camera as a machine sees it."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    code: Annotated[str, zh("点位编号", max_length=40)]
    online: Annotated[bool, zh("在线")]
    retention_days: Annotated[int | None, zh("保存天数", ge=0, le=3650)] = None
    at: Annotated[Moment, zh("时刻")]


class DeviceStates(In):
    states: Annotated[list[DeviceState], zh("设备状态", min_length=1, max_length=2000)]


class DeviceStatesTaken(Out):
    taken: Annotated[Count, zh("采用")]
    older: Annotated[Count, zh("早于已知状态")]
    unknown: Annotated[list[str], zh("未知点位", "Kindergarten and code of cameras nobody registered.")]


class GapOut(Out):
    rule: Annotated[str, zh("规则")]
    severity: Annotated[GapSeverity, zh("程度")]
    zh: Annotated[str, zh("差距")]
    rows: Annotated[list[str], zh("明细")]


class FourHundredsOut(Out):
    """The 4×100 % of one kindergarten."""

    guards: Annotated[bool, zh("专职保安员配备")]
    closed_management: Annotated[bool, zh("封闭化管理")]
    alarm_and_video: Annotated[bool, zh("一键报警与视频监控达标")]
    gate_duty: Annotated[bool, zh("护学岗")]


class ProofOut(Out):
    """One duty of the plan's clause, and whether it is proven."""

    clause: Annotated[str, zh("条款")]
    zh: Annotated[str, zh("要求")]
    proven: Annotated[bool, zh("已证实")]
    missing: Annotated[list[str], zh("缺少的佐证")]
    on: Annotated[date | None, zh("最近佐证日期")]


class ProtectionProofRow(ProofOut):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]


class ProtectionProofQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    clause: Annotated[str | None, zh("条款", "Such as 三(二)4-b.", max_length=20)] = None
    proven: Annotated[bool | None, zh("已证实")] = None


class ProtectionOut(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    principal: Annotated[str, zh("园长")]
    responsibility_signed_on: Annotated[date | None, zh("责任书签订日期")]
    children: Annotated[Count, zh("幼儿数")]
    staff: Annotated[Count, zh("教职工数")]
    boarders: Annotated[Count, zh("寄宿幼儿数")]
    safety_body: Annotated[bool, zh("设有安全管理机构")]
    officer: Annotated[str, zh("安全管理干部")]
    officer_full_time: Annotated[bool, zh("专职")]
    closed_management: Annotated[bool, zh("封闭管理")]
    gate_duty: Annotated[bool, zh("护学岗")]
    alarm_linked: Annotated[bool, zh("一键报警联网")]
    alarm_tested_on: Annotated[date | None, zh("最近测试日期")]
    alarm_passed: Annotated[bool, zh("最近测试合格")]
    insurance_until: Annotated[date | None, zh("校方责任险至")]
    video_used_since: Annotated[date | None, zh("视频系统启用日期")]
    video_filed_on: Annotated[date | None, zh("公安备案日期")]
    guards: Annotated[list[SchoolGuardOut], zh("保安员")]
    cameras: Annotated[list[CameraOut], zh("视频点位")]
    online_rate: Annotated[float | None, zh("在线率", "Share of cameras online, 0 to 1.")]
    required_guards: Annotated[Count, zh("应配保安员")]
    valid_guards: Annotated[Count, zh("持有效证件的专职保安员")]
    met: Annotated[FourHundredsOut, zh("四个百分之百")]
    gaps: Annotated[list[GapOut], zh("差距")]
    papers: Annotated[dict[str, Any], zh("佐证材料", "As filed: see ProtectionPapers.")]
    proofs: Annotated[list[ProofOut], zh("佐证")]
    logged: Annotated[dict[str, datetime], zh("各台账最近记载时刻")]
    updated_at: Annotated[datetime, zh("更新时刻")]
    version: Annotated[Count, zh("版本")]


class RateOut(Out):
    met: Annotated[Count, zh("达标园数")]
    all: Annotated[Count, zh("正常办园数")]
    percent: Annotated[float | None, zh("达标率")]


class SchoolGaps(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    filed: Annotated[bool, zh("已填报", "false: nothing is known, so nothing is met.")]
    gaps: Annotated[list[GapOut], zh("差距")]


class ProtectionRates(Out):
    """The 4×100 % over the caller's scope, each gap listed."""

    guards: Annotated[RateOut, zh("专职保安员配备率")]
    closed_management: Annotated[RateOut, zh("封闭化管理率")]
    alarm_and_video: Annotated[RateOut, zh("一键报警与视频监控达标率")]
    gate_duty: Annotated[RateOut, zh("护学岗配备率")]
    kindergartens: Annotated[list[SchoolGaps], zh("有差距的幼儿园")]
