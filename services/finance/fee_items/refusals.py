"""Why a fee cannot be filed, accepted or published."""

from shared.errors import DomainError, rule

PUBLISHED_OVERLAP = rule(
    "fee_item_already_published",
    "同名收费项目在该期间已有公示标准。",
    "A standard of this item is published for the period already.",
)


class ForbiddenCharge(DomainError):
    zh = "“{word}”属于禁止收取的费用({document})。"
    en = "“{word}” may not be charged ({document})."


class AboveCeiling(DomainError):
    zh = "标准 {amount} 元高于上限 {ceiling} 元({document})。"
    en = "{amount} yuan is above the ceiling of {ceiling} yuan ({document})."


class NoCeilingInForce(DomainError):
    zh = "{day} 没有“{category_zh}”的收费上限,公办园收费不能受理。"
    en = "No ceiling for {category} is in force on {day}: a public kindergarten's fee cannot be accepted."
    hint_zh = "请先录入并审批收费上限(参数 fee_ceiling)及其文号。"
    hint_en = "Enter the ceiling (parameter fee_ceiling) with its document first."
