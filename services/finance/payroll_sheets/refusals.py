"""Why a payroll sheet cannot be taken."""

from http import HTTPStatus

from shared.errors import DomainError, rule

SHEET_OPEN_ONCE = rule(
    "payroll_sheet_is_being_filed",
    "该园该月的工资社保证明正在申报,请稍后重试。",
    "The sheet of this kindergarten and month is being filed by somebody else.",
)


class PayrollUnreadable(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "工资社保证明有 {count} 处无法读取,未导入。"
    en = "{count} places of the sheet cannot be read; nothing was taken over."
    hint_zh = "表头见 GET /payroll-sheets/template;支持 csv 和 xlsx。"
    hint_en = "GET /payroll-sheets/template answers the header; csv and xlsx are taken."


class MonthNotBegun(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "{month} 尚未开始。"
    en = "{month} has not begun."
