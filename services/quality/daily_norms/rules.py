"""一日生活规范: the district's own norm may ask more than the national rules, never less (D2.4). Pure."""

from collections.abc import Mapping

from services.quality.permissions import May
from shared.machine import Machine, Verb, other_than, states

BASIS = "幼儿园工作规程第十八条、第二十三条;行动计划(怀政办发〔2023〕16号)三(三)1"
MACHINE: Machine = {
    "revise": Verb("修改", May.DRAFT_NORMS, states("draft"), "revised", BASIS),
    "publish": Verb(
        "发布", May.PUBLISH_NORMS, states("draft"), "published", BASIS, (other_than("发布", "drafted_by"),)
    ),
    "drop": Verb("作废", May.DRAFT_NORMS, states("draft"), "dropped", BASIS),
}
# What a norm asks, and the parameter it may not fall below; the longest interval of meals may not rise above its own.
AT_LEAST = ("outdoor_minutes", "outdoor_minutes_boarding", "sport_minutes", "meal_interval_least")
AT_MOST = ("meal_interval_most",)


def looser(norm: Mapping[str, int], national: Mapping[str, int]) -> list[str]:
    """What the norm asks less of than the national rule does."""
    low = [name for name in AT_LEAST if norm[name] < national[name]]
    return low + [name for name in AT_MOST if norm[name] > national[name]]
