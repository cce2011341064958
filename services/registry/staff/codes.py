"""Words of a person's record, with their Chinese."""

from shared.schemas import Code


class Education(Code):
    """学历, highest first (GB/T 4658-2006)."""

    DOCTOR = "doctor", "博士研究生", "doctoral degree"
    MASTER = "master", "硕士研究生", "master's degree"
    BACHELOR = "bachelor", "大学本科", "bachelor's degree"
    COLLEGE = "college", "大学专科", "junior college (大专)"
    VOCATIONAL = "vocational", "中等职业教育", "secondary vocational school"
    HIGH_SCHOOL = "high_school", "普通高中", "senior middle school"
    MIDDLE_SCHOOL = "middle_school", "初中", "junior middle school"
    PRIMARY_SCHOOL = "primary_school", "小学及以下", "primary school or less"


class Title(Code):
    """教师职称 (学前教育法 art. 40: 初级, 中级, 高级)."""

    NONE = "none", "未定职级", "no title"
    THIRD = "third", "三级教师", "third-grade teacher"
    SECOND = "second", "二级教师", "second-grade teacher"
    FIRST = "first", "一级教师", "first-grade teacher"
    SENIOR = "senior", "高级教师", "senior teacher"
    FULL_SENIOR = "full_senior", "正高级教师", "full senior teacher"


LADDER = [each.value for each in Education]


def reaches(education: str, least: Education) -> bool:
    """Whether an education is at least that one; the two kinds of senior middle education stand side by side."""
    floor = Education.HIGH_SCHOOL if least is Education.VOCATIONAL else least
    return LADDER.index(education) <= LADDER.index(floor)
