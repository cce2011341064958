"""Why a scenario cannot be changed, simulated or approved."""

from http import HTTPStatus

from shared.errors import DomainError


class NotARuleOfScenarios(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "参数 {name} 不属于可在方案中调整的规则。"
    en = "The parameter {name} is none of the rules a scenario varies."


class BeforeTheScenario(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "调整自 {day} 起生效,早于方案的起始月份 {since};以前月份未经测算。"
    en = "The change holds from {day}, before the scenario begins on {since}: former months are not simulated."
    hint_zh = "请把方案起始月份提前,或推迟调整的生效日期。"
    hint_en = "Begin the scenario earlier, or let the change hold later."


class NothingIsChanged(DomainError):
    zh = "方案没有调整任何规则,不能提请审批。"
    en = "The scenario changes no rule: there is nothing to approve."


class RulesHaveChanged(DomainError):
    zh = "方案复制规则之后,已有 {numbers} 项现行标准发生变化,测算依据不再成立。"
    en = "{numbers} numbers in force have changed since the scenario copied them: its simulation no longer holds."
    hint_zh = "请以本方案为底稿(based_on)新建方案并重新测算。"
    hint_en = "Make a new scenario based on this one and simulate it again."


class NoSuchNumber(DomainError):
    status = HTTPStatus.NOT_FOUND
    zh = "方案中没有这项新增的标准。"
    en = "The scenario has no such number of its own."
