"""Why attendance or a calendar cannot change, beyond what is wrong with the input."""

from shared.errors import DomainError, rule

CERTIFIED = rule(
    "month_is_certified",
    "该园该月在园人数已核定,考勤不能再改。",
    "The kindergarten's month is certified: its attendance no longer changes.",
    "确需更正的,请先对已核定月份提出更正(POST /v1/headcounts/{id}/corrections)。",
    "Open a correction of the certified month first (POST /v1/headcounts/{id}/corrections).",
)
CHILD_HAS_ATTENDANCE = rule(
    "child_has_attendance",
    "该幼儿已有考勤记录,不能删除。",
    "The child has attendance on record and cannot be removed.",
)


class DayHasAttendance(DomainError):
    zh = "{day} 已登记考勤,不能改为闭园。"
    en = "Attendance was taken on {day}: it cannot become a closed day."
    hint_zh = "请核对日期;当日确未开园的,请先更正考勤来源。"
    hint_en = "Check the date; a day on which children came was not closed."
