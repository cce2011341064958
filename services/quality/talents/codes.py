from shared.schemas import Code


class LadderStage(Code):
    """教师阶梯 (三(四)2-e)."""

    NEW = "new", "新任", "new"
    COMPETENT = "competent", "胜任", "competent"
    BACKBONE = "backbone", "骨干", "backbone"
    LEADER = "leader", "带头人", "leading"
    SPECIAL = "special", "特级", "special grade"


class TalentTitle(Code):
    """人才称号."""

    BACKBONE_TEACHER = "backbone_teacher", "骨干教师", "backbone teacher"
    SUBJECT_LEADER = "subject_leader", "学科带头人", "subject leader"
    SPECIAL_GRADE_TEACHER = "special_grade_teacher", "特级教师", "special-grade teacher"
    OUTSTANDING_PRINCIPAL = "outstanding_principal", "优秀园长", "outstanding principal"
    RESERVE_CADRE = "reserve_cadre", "后备干部", "reserve cadre"
    RISING_TEACHER = "rising_teacher", "优秀青年教师", "outstanding young teacher"


class TalentLevel(Code):
    """认定层级."""

    NATIONAL = "national", "国家级", "national"
    CITY = "city", "市级", "city"
    DISTRICT = "district", "区级", "district"
    KINDERGARTEN = "kindergarten", "园级", "kindergarten"
