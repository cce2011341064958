from http import HTTPStatus

from shared.errors import DomainError


class TeamTooSmall(DomainError):
    zh = "双人评分至少需要两名评估人员。"
    en = "Double scoring needs two evaluators at least."


class NoClassesToSample(DomainError):
    zh = "该园当日没有班级可抽取。"
    en = "The kindergarten has no class that day."


class ClassNotDrawn(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "该班级不在抽样之列。"
    en = "The class was not drawn."


class ObservationTooShort(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "观察不少于半日({least} 分钟)。"
    en = "An observation takes half a day at least ({least} minutes)."


class ScoresLeftOut(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "须逐项评分且不重复:{items}。"
    en = "Each item is scored once: {items}."


class LevelsLeftOut(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "须对每个不一致条目校准且不涉及其他条目:{items}。"
    en = "Each differing item is reconciled, and no other: {items}."


class ItemNotScored(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "条目 {items} 不在评分之列。"
    en = "The items {items} are not scored."


class DueTooLate(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "完成期限应在今天至 {latest} 之间。"
    en = "It is due from today to {latest}."
