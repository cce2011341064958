from shared.schemas import Code


class EvaluationState(Code):
    """督导评估状态."""

    PLANNED = "planned", "待实施", "planned"
    SAMPLED = "sampled", "已抽样", "sampled"
    SCORING = "scoring", "评分中", "scoring"
    RECONCILING = "reconciling", "复核校准", "reconciling"
    AGREED = "agreed", "评分一致", "agreed"
    MODERATED = "moderated", "已审定", "moderated"
    PROVISIONAL = "provisional", "公示", "provisional"
    APPEALED = "appealed", "申诉中", "appealed"
    FINAL = "final", "最终结果", "final"


class EvaluationGrade(Code):
    """评估等级."""

    EXCELLENT = "excellent", "优秀", "excellent"
    GOOD = "good", "良好", "good"
    QUALIFIED = "qualified", "合格", "qualified"
    UNQUALIFIED = "unqualified", "不合格", "unqualified"
