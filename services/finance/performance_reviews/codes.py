"""Words of performance reviews, with their Chinese."""

from shared.schemas import Code


class ReviewGrade(Code):
    """绩效等级 (财预〔2020〕10号): 优 from 90, 良 from 80, 中 from 60, 差 below."""

    EXCELLENT = "excellent", "优", "excellent"
    GOOD = "good", "良", "good"
    MEDIUM = "medium", "中", "medium"
    POOR = "poor", "差", "poor"


class ReviewState(Code):
    """绩效评价: self-evaluated by the one who spends, then evaluated by another."""

    SELF_EVALUATED = "self_evaluated", "已自评", "self-evaluated"
    EVALUATED = "evaluated", "已评价", "evaluated"
    RECTIFIED = "rectified", "已整改", "rectified"
