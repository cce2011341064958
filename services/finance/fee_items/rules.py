"""What may be charged, in words of the regulation."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.finance.fee_items.codes import FeeFilingState

# 收费备案: state → the states it can go to.
STEPS: Final[Mapping[FeeFilingState, frozenset[FeeFilingState]]] = {
    FeeFilingState.FILED: frozenset({FeeFilingState.ACCEPTED, FeeFilingState.RETURNED}),
    FeeFilingState.ACCEPTED: frozenset({FeeFilingState.PUBLISHED, FeeFilingState.RETURNED}),
    FeeFilingState.RETURNED: frozenset(),
    FeeFilingState.PUBLISHED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Ban:
    """A word that names a charge nobody may make, and the document that forbids it."""

    word: str
    document: str


_INTERIM = "《幼儿园收费管理暂行办法》(发改价格〔2011〕3207号)"
_LAW = "《学前教育法》"
# Admission money, course fees within care time, teaching material, entry tests (D4.1; the law, art. 15, 59, 69).
BANS: Final = (
    *(Ban(word, _INTERIM) for word in ("赞助", "捐资助学", "建校费", "教育成本补偿", "教育补偿费", "择园费", "借读费")),
    *(Ban(word, _INTERIM) for word in ("书本费", "教材费", "课程费", "课时费")),
    *(
        Ban(word, _INTERIM)
        for word in ("实验班", "特色班", "特长班", "兴趣班", "兴趣课", "课后班", "课后培训", "亲子班")
    ),
    *(Ban(word, _LAW) for word in ("入园测试", "入园考试", "入学测试", "测试费", "考试费", "面试费", "测评费")),
)


def ban_on(name: str) -> Ban | None:
    """The ban a fee's name falls under: such a fee is not filed, not published and not charged."""
    return next((ban for ban in BANS if ban.word in name), None)


def is_above(amount: Decimal, ceiling: Decimal | None) -> bool:
    """A standard may equal its ceiling; no value means that no ceiling is set."""
    return ceiling is not None and amount > ceiling
