from typing import Annotated

from services.finance.alerts.codes import AlertTopic
from services.finance.parameters.schemas import ParameterOut
from services.finance.rulebook.rules import Severity
from shared.schemas import Day, In, Out, zh


class FinanceRuleOut(Out):
    """A rule this service enforces, with the numbers it reads on that day."""

    code: Annotated[str, zh("规则代码")]
    zh: Annotated[str, zh("中文说明")]
    en: Annotated[str, zh("英文说明")]
    severity: Annotated[Severity, zh("严重程度", "block refuses, red raises an alert, warn flags.")]
    basis: Annotated[str, zh("依据")]
    checked: Annotated[str, zh("检查环节")]
    topic: Annotated[AlertTopic, zh("事项", "What an alert it raises is about.")]
    parameters: Annotated[list[ParameterOut], zh("参数")]


class FinanceRuleQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Today when left out.")] = None
