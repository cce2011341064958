from shared.schemas import Code


class DailyNormState(Code):
    """一日生活规范状态."""

    DRAFT = "draft", "起草", "draft"
    PUBLISHED = "published", "已发布", "published"
    DROPPED = "dropped", "已作废", "dropped"
