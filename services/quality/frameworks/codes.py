from shared.schemas import Code


class FrameworkKind(Code):
    """标准种类."""

    GUIDE = "guide", "质量评估指南", "quality guide"
    SUPERVISION = "supervision", "督导评估", "supervision evaluation"
    ANNUAL_INSPECTION = "annual_inspection", "年检项目", "annual inspection"
    NORMS = "norms", "行为准则", "norms of conduct"
    FORM = "form", "区级表单", "district form"


class FrameworkState(Code):
    """标准状态."""

    DRAFT = "draft", "起草", "draft"
    PUBLISHED = "published", "已发布", "published"


class ItemLevel(Code):
    """条目层级."""

    AREA = "area", "方面", "area"
    INDICATOR = "indicator", "指标", "indicator"
    POINT = "point", "考查要点", "point"


class TextStatus(Code):
    """文字状态: whether the words are those of the document."""

    OFFICIAL = "official", "正式文本", "official"
    FROM_MEMORY = "from_memory", "凭记忆录入", "from memory"
    MISSING = "missing", "文本缺失", "missing"
    OWN = "own", "自编", "own words"


class AnswerKind(Code):
    """作答方式. There is none for a child: what is judged is the kindergarten (教基〔2022〕1号)."""

    NONE = "none", "不作答", "none"
    YES_NO = "yes_no", "是/否", "yes or no"
    SCALE = "scale", "等级", "scale"
    TEXT = "text", "文字", "text"
    COUNT = "count", "数量", "count"
