"""Why a bank statement cannot be taken."""

from http import HTTPStatus

from shared.errors import DomainError


class StatementUnreadable(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "对账单有 {count} 处无法读取,未导入。"
    en = "{count} places of the statement cannot be read; nothing was taken over."
    hint_zh = "支持 camt.053(xml)以及表头为“交易日期,流水号,收入金额,支出金额,对方户名,对方账号,摘要”的 csv、xlsx。"
    hint_en = "camt.053 (xml), or csv and xlsx with the documented header."
