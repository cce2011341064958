"""The table of routes: which service answers which first segment, and what people call it."""

from dataclasses import dataclass

from gateway.settings import Settings


@dataclass(frozen=True, slots=True)
class Service:
    """One service behind the gateway: `/{name}/v1/…` here is `/v1/…` there."""

    name: str
    zh: str
    about: str
    url: str


def table(settings: Settings) -> tuple[Service, ...]:
    """Every service, in the order people read them."""
    return (
        Service("registry", "登记", "幼儿园、班级、幼儿、学籍、规划指标与数据导入", settings.registry_url),
        Service("finance", "经费", "收费、补助、资助与绩效", settings.finance_url),
        Service("safety", "安全", "防护、检查、隐患与整改", settings.safety_url),
        Service("quality", "质量", "评估、督学、年检、教研与培训", settings.quality_url),
    )
