"""Why a period of enrolment cannot begin, end or change, beyond what the table's own constraints say."""

from services.registry.findings import Finding
from shared.errors import DomainError

AGE_DIFFERS = Finding(
    "age-differs-from-class",
    "幼儿年龄与班级类型不符",
    "The child's age is not the one of this kind of class",
    "warning",
)
# What the keys of the table say when periods meet.
OVERLAPS = (
    "child_already_enrolled",
    "child_already_enrolled_then",
    "enrolment_follows_nothing",
    "enrolment_overlaps_the_one_before",
)
LIMITS = ("class_is_full", "enrolment_outside_the_school_year", "enrolment_ends_before_it_begins")


class EnrolmentHasEnded(DomainError):
    zh = "该在园记录已于 {until} 结束。"
    en = "This enrolment has ended already, on {until}."
    hint_zh = "日期有误时请用更正(PATCH);重新入园请新建记录。"
    hint_en = "Correct it (PATCH) when the date is wrong; enrol anew when the child comes back."


class EnrolmentHasBegun(DomainError):
    zh = "该在园记录已于 {since} 开始,不能撤回。"
    en = "This enrolment began on {since}: it cannot be withdrawn."
    hint_zh = "请办理离园,或更正日期。"
    hint_en = "End it, or correct its dates."


class AlreadyInTheClass(DomainError):
    zh = "该幼儿已在此班。"
    en = "The child is in this class already."
