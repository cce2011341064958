"""Words of the scorecards of the comprehensive supervision 综合督导, with their Chinese."""

from shared.schemas import Code


class ScorecardCriterion(Code):
    """What a unit is scored for."""

    DONE = "done", "任务完成", "tasks completed"
    ON_TIME = "on_time", "按期完成", "completed on time"
    REPORTS = "reports", "按期报送季报", "quarterly reports on time"
    QUALITY = "quality", "保教质量监督", "quality supervision"
    INDICATORS = "indicators", "指标达标", "indicators reached"
