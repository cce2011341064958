"""Words of the results of the three plans before, with their Chinese."""

from shared.schemas import Code


class FormerPlan(Code):
    """Which of the three action plans 三期行动计划 before this one."""

    FIRST = "first", "第一期学前教育行动计划", "first action plan"
    SECOND = "second", "第二期学前教育行动计划", "second action plan"
    THIRD = "third", "第三期学前教育行动计划", "third action plan"


class Better(Code):
    """Which way a figure is better."""

    HIGHER = "higher", "越高越好", "the higher the better"
    LOWER = "lower", "越低越好", "the lower the better"
