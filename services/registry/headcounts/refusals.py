"""Why a month cannot be prepared, certified or corrected."""

from shared.errors import DomainError, rule

ANOTHER_PERSON = rule(
    "another_person_certifies",
    "填报人不能核定自己填报的月份。",
    "Whoever prepared a month cannot certify it.",
    "请由另一人(园长)核定。",
    "Another person, the principal, certifies it.",
)
ONE_AT_A_TIME = rule(
    "headcount_is_being_prepared",
    "该园该月已有填报或更正在办。",
    "A headcount of this kindergarten and month is being prepared already.",
    "请先核定或撤回在办的一份。",
    "Certify or withdraw that one first.",
)
REVISION_ONCE = rule(
    "headcount_already_certified",
    "该园该月已核定。",
    "This month of the kindergarten is certified already.",
    "确需更正的,请提出更正(POST /v1/headcounts/{id}/corrections)。",
    "Open a correction of it (POST /v1/headcounts/{id}/corrections).",
)
FINAL = rule(
    "certified_headcount_is_final",
    "已核定或已撤回的在园人数不能更改。",
    "A headcount that was certified or withdrawn never changes.",
)


class MonthNotOver(DomainError):
    zh = "{month} 尚未结束,不能填报核定。"
    en = "{month} is not over yet: it cannot be certified."


class AttendanceIncomplete(DomainError):
    zh = "考勤尚未登记齐全:{missing} 个班级日缺考勤。"
    en = "Attendance is not complete: it is missing for {missing} days of classes."
    hint_zh = "请补登 missing 所列班级与日期;当日确未开园的,请登记园所校历。"
    hint_en = "Take it for the classes and days in `missing`, or enter the days the kindergarten was closed."


class HeadcountHasChanged(DomainError):
    zh = "填报之后考勤或在园记录有变动,与填报数不一致。"
    en = "Attendance or enrolments have changed since it was prepared: the numbers differ."
    hint_zh = "请撤回后重新填报;differences 列出各班差异,staff 列出教职工考勤前后。"
    hint_en = "Withdraw it and prepare it again; `differences` and `staff` say what differs."


class HeadcountNotInThatState(DomainError):
    zh = "当前状态为“{state_zh}”,不能办理此步骤。"
    en = "It is {state}: this step is not possible."


class LaterRevisionCounts(DomainError):
    zh = "该月已有第 {revision} 次核定,请对最新一次提出更正。"
    en = "Revision {revision} of this month counts: correct that one."
