from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from services.registry.data_quality.codes import FindingState
from services.registry.offers import RegistryOffer
from services.registry.posts.codes import Severity
from services.registry.steps.schemas import RegistryStep
from shared.contracts.roles import Role
from shared.schemas import Count, Day, In, Out, Page, zh


class DataCheckOut(Out):
    """One check of the register as a whole."""

    code: Annotated[str, zh("检查代码")]
    rule: Annotated[str | None, zh("规则", "The rule of law it serves, of GET /rules; null for tidiness.")]
    severity: Annotated[Severity, zh("严重程度")]
    points: Annotated[Count, zh("扣分", "What one open finding takes from a kindergarten's score today; illustrative.")]
    owner: Annotated[Role, zh("责任岗位")]
    fix_method: Annotated[str, zh("改正请求方法")]
    fix_path: Annotated[str, zh("改正请求地址", "With the names a finding fills in.")]
    title_zh: Annotated[str, zh("中文说明")]
    title_en: Annotated[str, zh("英文说明")]
    basis: Annotated[str, zh("依据")]


class DataFindingRow(Out):
    """Something a check holds to be wrong; the fix is the request that mends it."""

    id: Annotated[UUID, zh("编号")]
    code: Annotated[str, zh("检查代码")]
    rule: Annotated[str | None, zh("规则")]
    severity: Annotated[Severity, zh("严重程度")]
    title_zh: Annotated[str, zh("中文说明")]
    title_en: Annotated[str, zh("英文说明")]
    subject: Annotated[str, zh("对象", "The address of the row within this service.")]
    related: Annotated[str | None, zh("相关对象")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    kindergarten_name: Annotated[str | None, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    owner: Annotated[Role, zh("责任岗位")]
    fix_method: Annotated[str, zh("改正请求方法")]
    fix_path: Annotated[str, zh("改正请求地址")]
    detail: Annotated[dict[str, Any], zh("明细")]
    state: Annotated[FindingState, zh("状态")]
    since: Annotated[date, zh("发现日期")]
    until: Annotated[date | None, zh("消除日期")]
    days_open: Annotated[Count, zh("已存在天数", "Until it was gone, or until `as_of`.")]
    reason: Annotated[str, zh("说明")]


class DataFindingOut(DataFindingRow):
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    actions: Annotated[list[RegistryOffer], zh("可做的动作")]


class DataFindingPage(Out):
    items: Annotated[list[DataFindingRow], zh("数据问题")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DataFindingQuery(Page):
    code: Annotated[str | None, zh("检查代码", max_length=60)] = None
    rule: Annotated[str | None, zh("规则", max_length=20)] = None
    severity: Annotated[Severity | None, zh("严重程度")] = None
    owner: Annotated[Role | None, zh("责任岗位")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", max_length=12)] = None
    state: Annotated[FindingState | None, zh("状态")] = None
    subject: Annotated[str | None, zh("对象", max_length=100)] = None
    as_of: Annotated[Day | None, zh("截至日期", "What stood on that day; all ever found when left out.")] = None
    sort: Annotated[Literal["since", "-since"], zh("排序", "The oldest first.")] = "since"


class DataFindingDismissal(In):
    """Why what the check holds to be wrong is right."""

    reason: Annotated[str, zh("说明", min_length=1, max_length=1000)]


class DataFindingReopening(In):
    reason: Annotated[str, zh("说明", min_length=1, max_length=1000)]


class DataQualityScore(Out):
    """A hundred less the points of what stands open; what is explained takes nothing."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    score: Annotated[Count, zh("得分", "0 to 100.")]
    lost: Annotated[Count, zh("扣分合计")]
    red: Annotated[Count, zh("红色问题数")]
    warn: Annotated[Count, zh("提示问题数")]
    oldest_since: Annotated[date | None, zh("最早发现日期")]
    codes: Annotated[dict[str, int], zh("各检查问题数")]


class DataQualityScorePage(Out):
    items: Annotated[list[DataQualityScore], zh("得分")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DataQualityScoreQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", max_length=12)] = None
    as_of: Annotated[Day | None, zh("截至日期", "Today when left out.")] = None
    sort: Annotated[Literal["score", "-score", "name"], zh("排序")] = "score"


class DataQualityRun(Out):
    job: Annotated[UUID, zh("任务编号", "GET /v1/jobs/{id} tells how far it is.")]
