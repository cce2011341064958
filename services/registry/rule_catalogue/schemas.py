from datetime import date
from typing import Annotated, Literal

from services.registry.posts.codes import Severity
from shared.schemas import Day, In, Out, zh


class RegistryRuleParameter(Out):
    """A number the rule reads; an illustrative one waits for the district's own."""

    name: Annotated[str, zh("参数")]
    key: Annotated[str, zh("键")]
    value: Annotated[str, zh("数值")]
    document: Annotated[str, zh("文件")]
    article: Annotated[str, zh("条款")]
    since: Annotated[date, zh("生效日期")]
    until: Annotated[date | None, zh("失效日期", "Exclusive.")]
    tag: Annotated[Literal["verified", "known", "uncertain", "illustrative"], zh("可信度")]


class RegistryRuleOut(Out):
    """A rule as it stood on the day: `block` refuses, `red` opens a finding, `warn` flags."""

    rule: Annotated[str, zh("规则")]
    severity: Annotated[Severity, zh("严重程度")]
    title_zh: Annotated[str, zh("中文说明")]
    title_en: Annotated[str, zh("英文说明")]
    basis: Annotated[str, zh("依据")]
    tag: Annotated[Literal["verified", "known", "uncertain", "illustrative"], zh("可信度")]
    since: Annotated[date, zh("生效日期")]
    until: Annotated[date | None, zh("失效日期", "Exclusive.")]
    where: Annotated[list[str], zh("应用于")]
    checks: Annotated[list[str], zh("数据检查", "Codes of GET /data-checks that serve it.")]
    parameters: Annotated[list[RegistryRuleParameter], zh("参数")]


class RegistryRuleQuery(In):
    as_of: Annotated[Day | None, zh("日期", "Today when left out.")] = None
    severity: Annotated[Severity | None, zh("严重程度")] = None
