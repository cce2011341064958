from shared.schemas import Code


class StudioKind(Code):
    """工作室种类 (三(四)2-h)."""

    PRINCIPAL = "principal", "园长工作室", "principal's studio"
    BACKBONE_TEACHER = "backbone_teacher", "骨干教师工作室", "backbone teacher's studio"
    SPECIAL_GRADE_TEACHER = "special_grade_teacher", "特级教师工作室", "special-grade teacher's studio"


class StudioState(Code):
    """工作室状态."""

    RUNNING = "running", "运行中", "running"
    REVIEWED = "reviewed", "已考核", "reviewed"
    CLOSED = "closed", "已结束", "closed"


class StudioGrade(Code):
    """考核等次."""

    EXCELLENT = "excellent", "优秀", "excellent"
    QUALIFIED = "qualified", "合格", "qualified"
    UNQUALIFIED = "unqualified", "不合格", "unqualified"


class StudioResultKind(Code):
    """成果种类."""

    LESSON = "lesson", "示范活动", "demonstration"
    TOPIC = "topic", "课题", "research topic"
    PAPER = "paper", "论文或案例", "paper or case"
    LECTURE = "lecture", "讲座与送教", "lecture"
    MENTORING = "mentoring", "带教成果", "mentoring"
    OTHER = "other", "其他", "other"
