"""From a draft to a plan in force: loaded by one person, put in force by another. Pure."""

from dataclasses import dataclass

from services.registry.permissions import May
from shared.machine import Verb, other_than, states

BASIS = "怀政办发〔2023〕16号 三(二)3-a"
MACHINE = {
    "load": Verb("导入", May.WRITE_PLAN, states("draft", "withdrawn"), "loaded", BASIS),
    "adopt": Verb("生效", May.ADOPT_PLAN, states("draft"), "adopted", BASIS, (other_than("生效", "imported_by"),)),
    "withdraw": Verb("撤回", May.WRITE_PLAN, states("draft"), "withdrawn", BASIS),
}


@dataclass(frozen=True, slots=True)
class Draft:
    state: str
    imported_by: str
