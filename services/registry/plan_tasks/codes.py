"""Words of the plan as work 任务分解, with their Chinese."""

from shared.schemas import Code


class PlanTaskState(Code):
    """Life of a task."""

    DRAFT = "draft", "拟定", "drafted"
    ASSIGNED = "assigned", "已下达", "assigned"
    CONFIRMED = "confirmed", "已列入重点任务", "in the unit's key list"
    SUBMITTED = "submitted", "已报完成", "reported done"
    COMPLETED = "completed", "已完成", "completed"
    CANCELLED = "cancelled", "已取消", "cancelled"
    CARRIED_OVER = "carried_over", "已结转下一计划", "carried over to the next plan"


class PlanRole(Code):
    """How a unit stands to a measure or a task."""

    LEAD = "lead", "牵头", "lead"
    ASSIST = "assist", "协助", "assisting"


class PlanWarningKind(Code):
    """What is late."""

    TASK_OVERDUE = "task_overdue", "任务逾期", "the task is overdue"
    REPORT_MISSING = "report_missing", "缺季报", "a quarterly report is missing"
    REPORT_LATE = "report_late", "季报迟报", "a quarterly report came late"
