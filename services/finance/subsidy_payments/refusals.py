"""Why subsidies cannot be paid, or a bank's answer not be taken."""

from http import HTTPStatus

from shared.errors import DomainError, rule

MADE_ONCE = rule(
    "payment_is_made_once",
    "该笔拨付已提交银行或已成功。",
    "The payment is with the bank, or made.",
)


class NothingToInstruct(DomainError):
    zh = "本批次没有可提交银行的拨付。"
    en = "The run has no payment that can be instructed."
    hint_zh = "没有备案账户的幼儿园请先完成账户备案。"
    hint_en = "Kindergartens without an account on file have to file one first."


class ResultsDoNotFit(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "回盘文件有 {count} 处不符,未作任何处理。"
    en = "{count} of the results do not fit; nothing was taken over."


class NotPaidYet(DomainError):
    zh = "该笔补助尚未拨付成功,不能确认收款。"
    en = "The subsidy is not paid yet: nothing to receive."
