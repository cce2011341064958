"""Words of disputes between families and kindergartens, with their Chinese."""

from shared.schemas import Code


class DisputeState(Code):
    """Where a dispute stands."""

    REGISTERED = "registered", "已登记", "registered"
    MEDIATING = "mediating", "调解中", "in mediation"
    AGREED = "agreed", "已达成协议", "agreed"
    FAILED = "failed", "调解不成", "mediation failed"
    ARCHIVED = "archived", "已归档", "archived"


class DisputeKind(Code):
    """What it is about."""

    INJURY = "injury", "幼儿伤害", "a child's injury"
    FEES = "fees", "收费", "fees"
    CONDUCT = "conduct", "师德", "a teacher's conduct"
    ADMISSION = "admission", "入园", "admission"
    OTHER = "other", "其他", "other"


class DisputeSource(Code):
    """How it became known."""

    SCREENING = "screening", "园所排查", "the kindergarten's own screening"
    COMPLAINT = "complaint", "家长反映", "a family's complaint"
    HOTLINE = "hotline", "热线转办", "the hotline"
    INCIDENT = "incident", "事件引发", "an incident"


class DisputeRisk(Code):
    """How far it may go."""

    LOW = "low", "低", "low"
    MIDDLE = "middle", "中", "middle"
    HIGH = "high", "高", "high"
