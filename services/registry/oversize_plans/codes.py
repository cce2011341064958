"""Words of the reduction of oversize classes 大班额化解, with their Chinese."""

from shared.schemas import Code


class OversizePlanState(Code):
    """Where the plan for a class stands."""

    PLANNED = "planned", "待审核", "handed in"
    RETURNED = "returned", "退回修改", "sent back"
    APPROVED = "approved", "整改中", "approved, being carried out"
    CLOSED = "closed", "已化解", "closed"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class OversizeSeverity(Code):
    """How far a class is above its standard (REG-01)."""

    WARN = "warn", "大班额", "above its standard"
    RED = "red", "严重大班额", "far above its standard"
