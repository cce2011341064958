from shared.schemas import Code


class ClassPlanKind(Code):
    """保教计划."""

    TERM = "term", "学期计划", "term plan"
    WEEK = "week", "周计划", "weekly plan"
