from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.moments import Moment
from services.safety.steps.schemas import StepOut
from services.safety.video_accesses.codes import VideoApplicant, VideoMode, VideoState
from shared.offers import Offer
from shared.schemas import Count, Day, In, Out, Page, zh

Note = Annotated[str, zh("说明", min_length=1, max_length=1000)]


class VideoAccessNew(In):
    """A request with its reason, cameras and span."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    mode: Annotated[VideoMode, zh("方式")]
    applicant_kind: Annotated[VideoApplicant, zh("申请人类别")]
    applicant: Annotated[str, zh("申请人", min_length=1, max_length=50)]
    unit: Annotated[str, zh("单位或与幼儿关系", min_length=1, max_length=100)]
    document_mask: Annotated[str, zh("证件(掩码)", "Masked: at most four digits shown.", pattern=r"^[\w*]{0,30}$")] = ""
    reason: Annotated[str, zh("事由", min_length=5, max_length=1000)]
    cameras: Annotated[list[str], zh("点位编号", min_length=1, max_length=50)]
    span_from: Annotated[Moment, zh("起始时刻")]
    span_until: Annotated[Moment, zh("终止时刻")]
    files: Annotated[list[UUID], zh("材料", "Letter of the police, proof of kinship.", max_length=10)] = Field(
        default=[]
    )
    synthetic: Annotated[bool, zh("演示数据")] = False


class VideoDecision(In):
    note: Note


class VideoViewing(In):
    viewers: Annotated[str, zh("查看人及单位", min_length=1, max_length=200)]
    started_at: Annotated[Moment, zh("开始时刻")]
    ended_at: Annotated[Moment, zh("结束时刻")]
    note: Annotated[str, zh("所见", max_length=1000)] = ""


class VideoCopying(In):
    """A copy is made by one person under the eyes of another."""

    medium: Annotated[str, zh("介质编号", min_length=1, max_length=100)]
    sha256: Annotated[str, zh("SHA-256", pattern=r"^[0-9a-f]{64}$")]
    witness: Annotated[str, zh("见证人账号", min_length=1, max_length=100)]
    return_by: Annotated[Day, zh("应归还日期")]
    note: Annotated[str, zh("说明", max_length=500)] = ""


class VideoHandOver(In):
    receiver: Annotated[str, zh("接收人", min_length=1, max_length=100)]
    signature: Annotated[UUID | None, zh("签收单", "Id of a file.")] = None
    confidentiality: Annotated[Literal[True], zh("已签保密承诺")]
    note: Annotated[str, zh("说明", max_length=500)] = ""


class VideoAccessRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    state: Annotated[VideoState, zh("状态")]
    mode: Annotated[VideoMode, zh("方式")]
    applicant_kind: Annotated[VideoApplicant, zh("申请人类别")]
    unit: Annotated[str, zh("单位或与幼儿关系")]
    reason: Annotated[str, zh("事由")]
    cameras: Annotated[list[str], zh("点位编号")]
    span_from: Annotated[datetime, zh("起始时刻")]
    span_until: Annotated[datetime, zh("终止时刻")]
    viewings: Annotated[Count, zh("查看次数")]
    return_by: Annotated[date | None, zh("应归还日期")]
    overdue: Annotated[bool, zh("逾期未还")]
    unusual: Annotated[list[str], zh("异常", "long_span, at_night, many_requests")]
    created_at: Annotated[datetime, zh("申请时刻")]
    version: Annotated[Count, zh("版本")]


class VideoAccessOut(VideoAccessRow):
    state_since: Annotated[date, zh("进入现状态日期")]
    applicant: Annotated[str, zh("申请人")]
    document_mask: Annotated[str, zh("证件(掩码)")]
    files: Annotated[list[UUID], zh("材料")]
    requested_by: Annotated[str, zh("登记人")]
    approved_by: Annotated[str | None, zh("审批人")]
    medium: Annotated[str, zh("介质编号")]
    medium_sha256: Annotated[str, zh("介质摘要")]
    copied_by: Annotated[str | None, zh("复制人")]
    witness: Annotated[str, zh("见证人")]
    receiver: Annotated[str, zh("接收人")]
    destroyed_on: Annotated[date | None, zh("销毁日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    steps: Annotated[list[StepOut], zh("经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class VideoAccessPage(Out):
    items: Annotated[list[VideoAccessRow], zh("申请")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class VideoAccessQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    state: Annotated[VideoState | None, zh("状态")] = None
    overdue: Annotated[bool | None, zh("逾期未还")] = None
    strange: Annotated[bool | None, zh("有异常")] = None
    sort: Annotated[Literal["-created_at", "created_at"], zh("排序")] = "-created_at"
