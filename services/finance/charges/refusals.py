"""Why a charge is refused: FIN-01 to FIN-04."""

from shared.errors import DomainError, rule

CHARGED_ONCE = rule(
    "child_is_charged_once_for_a_period",
    "该幼儿同一收费项目的同一期间已收费。",
    "The child is charged for this item and period already.",
)

OVERPAID = rule(
    "a_charge_is_not_paid_beyond_its_amount",
    "收款与核减合计超过应收金额。",
    "Payments and credits would exceed the charge.",
)
REFUND_ABOVE_PAID = rule(
    "a_refund_never_exceeds_what_was_paid",
    "退费不得超过已缴金额。",
    "A refund never exceeds what was paid.",
)


class NoFiledItem(DomainError):
    zh = "FIN-01:收费日 {day} 没有已公示的该收费项目。"
    en = "FIN-01: on {day} no published fee standard covers this charge."
    hint_zh = "未经备案公示的项目不得收费(学前教育法第六十九条)。"
    hint_en = "What is not filed and published may not be charged (学前教育法, art. 69)."


class AboveStandard(DomainError):
    zh = "FIN-02:收费 {amount} 元,高于收费日执行的标准 {most} 元({document})。"
    en = "FIN-02: {amount} yuan is above the {most} yuan of the standard in force ({document})."


class WaivedFeeCharged(DomainError):
    zh = "FIN-03:该幼儿处于入小学前一年,应免保育教育费 {waived} 元,最多可收 {most} 元({document})。"
    en = "FIN-03: the child is in the last year before school: {waived} yuan is waived, {most} may be charged."


class AidedFeeCharged(DomainError):
    zh = "该幼儿享受资助,应由资助负担 {aided} 元,最多可收 {most} 元({document})。"
    en = "The child is aided: {aided} yuan is borne by aid, {most} may be charged ({document})."


class PeriodAlreadyCharged(DomainError):
    zh = "该幼儿的该收费项目已收至 {until}(收费编号 {charge}),期间重叠。"
    en = "The item is charged up to {until} already (charge {charge}): the periods overlap."


class PrepaidBeyondTerm(DomainError):
    zh = "FIN-04:不得跨学期预收;本学期至 {until} 止。"
    en = "FIN-04: no fee is taken beyond the term, which ends before {until}."


class NumberMissing(DomainError):
    zh = "{day} 没有生效的参数 {name}({key}),无法判断。"
    en = "No parameter {name} ({key}) is in force on {day}: it cannot be decided."
    hint_zh = "请录入参数及其文号,并由另一人审批。"
    hint_en = "Enter the number with its document and have another person approve it."


class NoBookKept(DomainError):
    zh = "该园尚未建账,不能收费。"
    en = "The kindergarten keeps no book yet: nothing can be charged."


class NotEnrolledThen(DomainError):
    zh = "该幼儿在 {day} 不在本园。"
    en = "The child is not enrolled here on {day}."
