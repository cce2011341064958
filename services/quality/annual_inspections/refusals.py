from http import HTTPStatus

from shared.errors import DomainError


class YearNotBegun(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "{year} 年尚未开始。"
    en = "The year {year} has not begun."


class ItemsLeftOut(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "须逐项作答,缺少:{items}。"
    en = "Every item needs an answer; left out: {items}."


class ItemsNotAsked(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "没有这些条目或重复作答:{items}。"
    en = "These items are not asked, or answered twice: {items}."


class EvidenceNotUsable(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "证据 {evidence} 不属于该园,或已撤回、过期。"
    en = "The evidence {evidence} is not this kindergarten's, or was withdrawn, or has expired."


class FactStandsAgainst(DomainError):
    zh = "系统事实表明条目 {item} 未达到:{kind}。"
    en = "A fact of record says that {item} is unmet: {kind}."
    hint_zh = "一票否决项不得改判;其他项改判须说明理由。"
    hint_en = "A one-vote item cannot be judged otherwise; another needs the reason in `note`."


class CorrectionTooLong(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "整改期限不超过 {most} 个工作日。"
    en = "The correction period is at most {most} working days."


class OnlyUnmetItemsAreOverturned(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "只能改判未达到且不由系统事实决定的条目:{items}。"
    en = "Only unmet items that no fact of record decides can be overturned: {items}."
