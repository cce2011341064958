"""The seats of a town's year are planned by one and approved by another. Pure."""

from dataclasses import dataclass

from services.registry.permissions import May
from shared.machine import Verb, other_than, states

BASIS = "怀政办发〔2023〕16号 三(一)1-c"
_another = other_than("批准", "entered_by")
MACHINE = {
    "enter": Verb("编制", May.WRITE_NETWORK, states("entered", "approved"), "entered", BASIS),
    "approve": Verb("批准", May.ADOPT_PLAN, states("entered"), "approved", BASIS, (_another,)),
}


@dataclass(frozen=True, slots=True)
class Planned:
    state: str
    entered_by: str
