"""Figures of births are entered by the district and confirmed by the town they are about. Pure."""

from dataclasses import dataclass

from services.registry.permissions import May
from shared.errors import DomainError
from shared.machine import Verb, other_than, states

BASIS = "怀政办发〔2023〕16号 三(一)1-b"


class FigureDiffers(DomainError):
    zh = "在册数字是 {births},与所确认的不同。"
    en = "The figure on file is {births}, another than the one confirmed."


@dataclass(frozen=True, slots=True)
class Figure:
    state: str
    entered_by: str


MACHINE = {
    "confirm": Verb(
        "确认", May.CONFIRM_BIRTHS, states("entered"), "confirmed", BASIS, (other_than("确认", "entered_by"),)
    ),
}
