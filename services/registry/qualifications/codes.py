"""Words of qualifications and background checks, with their Chinese."""

from shared.schemas import Code


class QualificationKind(Code):
    """What proves that someone may do a work."""

    KINDERGARTEN_TEACHER = "kindergarten_teacher", "幼儿园教师资格", "kindergarten teacher's certificate"
    OTHER_TEACHER = "other_teacher", "其他教师资格", "another teacher's certificate"
    PRESCHOOL_TRAINING = "preschool_training", "学前教育专业培训合格", "preschool training of other teachers"
    PRINCIPAL_TRAINING = "principal_training", "园长岗位培训", "principal's training"
    CHILDCARE = "childcare", "幼儿保育职业培训(保育员)", "childcare training"
    PHYSICIAN = "physician", "医师执业", "physician's licence"
    NURSE = "nurse", "护士执业", "nurse's licence"
    HEALTH_TRAINING = "health_training", "卫生保健专业知识培训(保健员)", "health-care training"
    GUARD = "guard", "保安员证", "guard's certificate"
    HEALTH_CERTIFICATE = "health_certificate", "健康检查合格(健康证)", "health certificate"
    FOOD_SAFETY = "food_safety", "食品安全培训合格", "food-safety training"


class CheckChannel(Code):
    """Through whom the background was asked (学前教育法 art. 44; 未成年人保护法 art. 62)."""

    EDUCATION_PLATFORM = "education_platform", "教育部准入查询系统", "the education ministry's query platform"
    EDUCATION_DEPARTMENT = "education_department", "教育行政部门", "the education department"
    POLICE = "police", "公安机关", "the police"
    PROCURATORATE = "procuratorate", "人民检察院", "the procuratorate"


class CheckResult(Code):
    """What the answer was."""

    CLEAR = "clear", "未发现禁止情形", "nothing found"
    FOUND = "found", "存在禁止情形", "something found that forbids employment"
