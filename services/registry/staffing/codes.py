"""What the staffing standard counts, with the Chinese."""

from shared.schemas import Code


class StaffingMeasure(Code):
    """What is required: a role, or staff taken together."""

    PRINCIPAL = "principal", "园长", "principal"
    TEACHER = "teacher", "班级专任教师", "teachers of a class"
    CHILDCARE = "childcare", "班级保育员", "childcare workers of a class"
    NURSERY_CARE = "nursery_care", "托班保育人员", "carers of a nursery class"
    HEALTH = "health", "卫生保健人员", "health workers"
    GUARD = "guard", "保安员", "guards"
    COOK = "cook", "炊事人员", "cooks"
    STAFF = "staff", "教职工总数", "staff in all"
    CARE = "care", "保教人员总数", "teaching and care staff in all"
