from shared.schemas import Code


class JointActivityKind(Code):
    """幼小联合活动."""

    RESEARCH = "research", "联合教研", "joint research"
    TEACHERS = "teachers", "教师互访", "teachers' visits"
    VISIT = "visit", "幼儿参观小学", "children visit the school"
    PUPILS = "pupils", "小学生回园", "pupils visit the kindergarten"
    FAMILIES = "families", "家园校共育", "families, kindergarten and school"
