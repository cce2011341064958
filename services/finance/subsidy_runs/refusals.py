"""Why a run cannot be prepared or approved."""

from shared.errors import DomainError, rule

ONE_AT_A_TIME = rule(
    "one_run_is_open_at_a_time",
    "已有补助批次在测算或待审批。",
    "A subsidy run is being prepared or waits for approval.",
    "请先审批或作废该批次。",
    "Approve or cancel it first.",
)
LINE_ONCE = rule("line_is_settled_once", "同一批次中该明细已存在。", "The run holds this line already.")


class InputsHaveChanged(DomainError):
    zh = "FIN-12:测算之后依据有变化,{lines} 条明细的结果不同。"
    en = "FIN-12: facts have changed since the run was prepared: {lines} lines would come out otherwise."
    hint_zh = "请作废本批次后重新测算。"
    hint_en = "Cancel the run and prepare it again."


class NoDistrictBook(DomainError):
    zh = "尚未建立区级账套,不能审批拨付。"
    en = "No book is kept for the district yet: nothing can be approved."


class NoProgramme(DomainError):
    zh = "没有已生效的补助项目:{codes}。"
    en = "There is no approved programme: {codes}."
