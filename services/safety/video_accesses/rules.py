"""Nobody sees a picture without an approved request; copies need two people and come back. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from services.safety.parameters.rules import Parameter, number
from services.safety.permissions import May
from services.safety.timers.rules import Due
from shared.contracts.roles import Role
from shared.errors import DomainError
from shared.machine import Machine, Verb, other_than

VIDEO = "公共安全视频图像信息系统管理条例"
WATCH = f"{VIDEO}第十六条、第二十条、第二十一条"


class OnlyViewingWasAsked(DomainError):
    zh = "该申请只批准查看,不能复制。"
    en = "Only viewing was asked for and approved: no copy can be made."


def _copying(thing: Any, _: str, __: date) -> DomainError | None:
    return OnlyViewingWasAsked() if thing.mode == "view" else None


def _in(*names: str) -> frozenset[str]:
    return frozenset(names)


MACHINE: Machine = {
    "approve": Verb(
        "批准", May.APPROVE_VIDEO, _in("requested"), basis=WATCH, guards=(other_than("审批", "requested_by"),)
    ),
    "refuse": Verb(
        "不批准", May.APPROVE_VIDEO, _in("requested"), basis=WATCH, guards=(other_than("审批", "requested_by"),)
    ),
    "view": Verb("查看", May.OPERATE_VIDEO, _in("approved", "viewed"), basis=WATCH),
    "copy": Verb("复制", May.OPERATE_VIDEO, _in("approved", "viewed"), basis=WATCH, guards=(_copying,)),
    "hand_over": Verb("移交", May.OPERATE_VIDEO, _in("copied"), basis=WATCH),
    "destroy": Verb("收回销毁", May.OPERATE_VIDEO, _in("copied", "handed_over"), basis=f"{VIDEO}第十七条"),
    "close": Verb("办结", May.APPROVE_VIDEO, _in("viewed", "destroyed"), basis=WATCH),
}


def ladder(parameters: Iterable[Parameter], request: Any, since: date) -> list[Due]:
    """An approval not used in time, and a medium not returned, are told to those who watch over it."""
    told = (Role.PRINCIPAL.value, Role.SAFETY_OFFICER.value, Role.DATA_PROTECTION.value)
    if request.state == "approved":
        return [Due("approval_unused", since + timedelta(number(parameters, "video_use_days", since) + 1), told, WATCH)]
    if request.state in ("copied", "handed_over") and request.return_by:
        return [Due("medium_overdue", request.return_by + timedelta(1), told, f"{VIDEO}第十七条")]
    return []
