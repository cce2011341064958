from typing import Annotated, Literal

from pydantic import Field

from services.registry.plan_units.codes import PlanUnitKind
from shared.schemas import UNSENT, Count, In, Out, Page, zh

UNIT = r"^[a-z0-9][a-z0-9_]*$"
Account = Annotated[str, Field(min_length=1, max_length=100)]


class PlanUnitOut(Out):
    """A unit that carries measures of the plan out 责任单位."""

    code: Annotated[str, zh("代码", "A town's or street's is its division code.")]
    name_zh: Annotated[str, zh("中文名称")]
    name_en: Annotated[str, zh("英文名称", "Empty where none is in use.")]
    kind: Annotated[PlanUnitKind, zh("类别")]
    division: Annotated[str | None, zh("区划", "Of a town or street.")]
    source: Annotated[str, zh("来源")]


class PlanUnitPage(Out):
    items: Annotated[list[PlanUnitOut], zh("责任单位")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PlanUnitQuery(Page):
    kind: Annotated[PlanUnitKind, zh("类别")] = UNSENT
    sort: Annotated[Literal["code", "-code", "name", "-name"], zh("排序")] = "code"


class PlanUnitPut(In):
    """A unit as it is to be: for a department the plan does not name, or a name that changed."""

    name_zh: Annotated[str, zh("中文名称", min_length=1, max_length=100)]
    name_en: Annotated[str, zh("英文名称", max_length=200)] = ""
    kind: Annotated[PlanUnitKind, zh("类别")]
    division: Annotated[str | None, zh("区划", "Needed of a town or street, which it is the code of.")] = None
    source: Annotated[str, zh("来源", "The document that names it.", min_length=1, max_length=200)]


class PlanUnitMembers(Out):
    """Who acts for a unit."""

    unit: Annotated[str, zh("责任单位")]
    accounts: Annotated[list[str], zh("账号", "In alphabetical order.")]


class PlanUnitMembersPut(In):
    accounts: Annotated[list[Account], zh("账号", "All of them; those left out no longer act for it.", max_length=100)]
