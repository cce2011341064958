"""Words of the action plan, with their Chinese."""

from shared.schemas import Code


class Stage(Code):
    """How far a named project has come: 立项, 开工, 竣工, 验收, 交付, 开园 are the steps the district reports."""

    STATED = "stated", "计划提出", "named in the plan"
    APPROVED = "approved", "立项", "approved"
    STARTED = "started", "开工", "construction started"
    COMPLETED = "completed", "竣工", "construction completed"
    ACCEPTED = "accepted", "验收", "accepted"
    HANDED_OVER = "handed_over", "交付", "handed over"
    OPENED = "opened", "开园", "opened"
    CANCELLED = "cancelled", "取消", "cancelled"


class ProjectKind(Code):
    """What the plan wants built."""

    INTERNATIONAL = "international_kindergarten", "国际幼儿园", "international kindergarten"
    ATTACHED_CLASS = "attached_class_rebuilding", "附设幼儿班改建", "attached class rebuilt"
    TOWNSHIP_CENTRE = "township_centre_new", "新建乡镇中心幼儿园", "new centre kindergarten of a township"
    RESIDENTIAL = "residential_kindergarten", "小区配套幼儿园", "kindergarten of a residential area"


class OwningService(Code):
    """Which service carries a measure of the plan out."""

    REGISTRY = "registry", "登记", "registry"
    FINANCE = "finance", "经费", "finance"
    SAFETY = "safety", "安全", "safety"
    QUALITY = "quality", "质量", "quality"
    GATEWAY = "gateway", "门户", "gateway"
