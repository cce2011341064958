"""Words of checklists, with their Chinese."""

from shared.schemas import Code


class ChecklistUse(Code):
    """What a checklist is for."""

    SELF_CHECK = "self_check", "园所自查", "the kindergarten checks itself"
    INSPECTION = "inspection", "监督检查", "an inspection from outside"


class ChecklistPeriod(Code):
    """How often a self-check is made."""

    DAILY = "daily", "日查", "daily"
    WEEKLY = "weekly", "周查", "weekly"
    MONTHLY = "monthly", "月查", "monthly"
    TERM = "term", "学期查", "each term"


class ChecklistState(Code):
    """A published checklist is never edited: the next version replaces it."""

    DRAFT = "draft", "草稿", "draft"
    PUBLISHED = "published", "已发布", "published"


class AnswerResult(Code):
    """What was found at one point."""

    OK = "ok", "符合", "in order"
    BAD = "bad", "不符合", "not in order"
    NONE = "none", "不适用", "not applicable"
