from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.handovers.codes import ConsentForm, GuardianRelation, HandoverState
from services.quality.offers import QualityOffer
from services.quality.primary_schools.schemas import SCHOOL
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh


class HandoverNew(In):
    """A guardian's separate consent (单独同意): for this child, this school and this purpose."""

    class_id: Annotated[UUID, zh("班级", "The big class the child is in.")]
    child: Annotated[UUID, zh("幼儿", "Registry's id.")]
    school: Annotated[str, zh("接收学校", pattern=SCHOOL)]
    purpose: Annotated[str, zh("目的", min_length=5, max_length=500)]
    relation: Annotated[GuardianRelation, zh("监护人关系")]
    form: Annotated[ConsentForm, zh("同意方式")]
    consent_sha256: Annotated[str, zh("同意书摘要", "SHA-256 of the signed consent.", pattern=r"^[0-9a-f]{64}$")]
    consented_on: Annotated[Day, zh("同意日期")]
    valid_until: Annotated[Day, zh("有效期至")]


class HandoverContentIn(In):
    """A narrative of how the child lives and learns; no figure, no test, no rank (教基〔2022〕1号)."""

    body: Annotated[str, zh("身心", min_length=1, max_length=2000)]
    life: Annotated[str, zh("生活", min_length=1, max_length=2000)]
    social: Annotated[str, zh("社会", min_length=1, max_length=2000)]
    learning: Annotated[str, zh("学习", min_length=1, max_length=2000)]
    support: Annotated[str, zh("支持建议", "What helps the child.", max_length=2000)] = ""


class HandoverReceipt(In):
    receipt: Annotated[str, zh("签收凭据", min_length=1, max_length=200)]


class HandoverPurpose(In):
    purpose: Annotated[str, zh("查看目的", min_length=5, max_length=500)]


class HandoverNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=1000)]


class HandoverRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    class_id: Annotated[UUID, zh("班级")]
    child: Annotated[UUID, zh("幼儿")]
    school: Annotated[str, zh("接收学校")]
    purpose: Annotated[str, zh("目的")]
    state: Annotated[HandoverState, zh("状态")]
    consented_on: Annotated[date, zh("同意日期")]
    valid_until: Annotated[date, zh("有效期至")]
    sent_on: Annotated[date | None, zh("移交日期")]
    received_on: Annotated[date | None, zh("签收日期")]
    withdrawn_on: Annotated[date | None, zh("撤回日期")]
    erasure_asked_on: Annotated[
        date | None, zh("要求学校删除日期", "Withdrawn after it was sent: the school was asked to erase it.")
    ]


class HandoverOut(HandoverRow):
    relation: Annotated[GuardianRelation, zh("监护人关系")]
    form: Annotated[ConsentForm, zh("同意方式")]
    consent_sha256: Annotated[str, zh("同意书摘要")]
    receipt: Annotated[str | None, zh("签收凭据")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class HandoverContentOut(Out):
    handover: Annotated[UUID, zh("移交")]
    body: Annotated[str, zh("身心")]
    life: Annotated[str, zh("生活")]
    social: Annotated[str, zh("社会")]
    learning: Annotated[str, zh("学习")]
    support: Annotated[str, zh("支持建议")]


class HandoverPage(Out):
    items: Annotated[list[HandoverRow], zh("移交")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class HandoverQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    school: Annotated[str | None, zh("接收学校", pattern=SCHOOL)] = None
    state: Annotated[HandoverState | None, zh("状态")] = None
    sort: Annotated[Literal["-consented_on", "consented_on"], zh("排序")] = "-consented_on"
