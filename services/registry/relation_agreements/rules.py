"""分园、承办、合作、委托: what an agreement may say, and what may be done with it when. Pure.

怀政办发〔2023〕16号 三(一)2-g and 三(二)3-i; 学前教育法 arts 34-35; 民办教育促进法 art. 19; its 实施条例 arts 7, 13.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.registry.kindergartens.codes import Type
from services.registry.permissions import May
from services.registry.posts.codes import Severity
from services.registry.relation_agreements.codes import ManagementFee, RelationKind
from shared.errors import DomainError
from shared.machine import Verb, other_than, states

PLAN = "怀政办发〔2023〕16号三(二)3-i"
SHARES = frozenset({ManagementFee.INCOME_SHARE, ManagementFee.SURPLUS_SHARE})
AT_COST = frozenset({ManagementFee.NONE, ManagementFee.COST})
LEADING = frozenset({RelationKind.UNDERTAKING, RelationKind.ENTRUSTMENT})


class AgreementForbidden(DomainError):
    zh = "{zh}({rule}{basis})。"
    en = "{rule} {en} ({basis})."
    hint_zh = "clauses 列出对协议条款的全部核查结果。"
    hint_en = "`clauses` lists every finding on the terms."


class OutsideTheTerm(DomainError):
    zh = "终止日期须在今日之前或当日、协议期限之内。"
    en = "It ends within its term, today at the latest."


@dataclass(frozen=True, slots=True)
class Terms:
    """What the check looks at: the agreement, and who its two sides are."""

    kind: str
    fee: str
    kindergarten_type: str | None
    for_profit: bool
    partner_public: bool
    partner_is_group: bool
    foreign_element: bool = False
    foreign_document: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """Something that stands against a term, or should be looked at."""

    code: str
    rule: str
    severity: Severity
    zh: str
    en: str
    basis: str


def clauses(terms: Terms) -> Iterator[Clause]:
    """Every finding on the terms of an agreement."""
    public = terms.kindergarten_type == Type.PUBLIC
    if public and terms.fee not in AT_COST:
        said = (
            "公办幼儿园不得向合作方支付办学收益或管理费",
            "a public kindergarten pays out no proceeds and no management fee",
        )
        yield Clause("public-pays-fee", "FIN-07", Severity.BLOCK, *said, PLAN)
    if not public and not terms.for_profit and terms.fee in SHARES:
        said = (
            "非营利性幼儿园不得分配或转移办学收益、结余",
            "a non-profit kindergarten shares neither income nor surplus",
        )
        yield Clause("proceeds-shared", "FIN-07", Severity.BLOCK, *said, "民办教育促进法第十九条")
    if not public and not terms.for_profit and terms.fee == ManagementFee.FIXED:
        said = "固定管理费须核查是否变相取得办学收益", "a fixed fee is looked at: it may hide proceeds"
        yield Clause("fixed-fee", "FIN-06", Severity.WARN, *said, "民办教育促进法实施条例第四十五条")
    if terms.partner_public and terms.fee != ManagementFee.NONE:
        said = "公办幼儿园参与办园不得收取管理费", "a public kindergarten that takes part earns no management fee"
        yield Clause("public-earns-fee", "", Severity.BLOCK, *said, "民办教育促进法实施条例第七条")
    if terms.partner_public and terms.for_profit:
        said = "公办幼儿园不得举办或参与举办营利性民办园", "a public kindergarten takes no part in a for-profit one"
        yield Clause("public-in-for-profit", "REG-15", Severity.BLOCK, *said, "学前教育法第三十四条")
    if terms.partner_is_group and terms.kind in LEADING and not terms.for_profit:
        said = "须核查是否以协议控制公办或非营利性幼儿园", "looked at: no control of it by agreement"
        yield Clause("control-by-agreement", "", Severity.WARN, *said, "学前教育法第三十五条")
    if terms.foreign_element and not terms.foreign_document:
        said = "含涉外因素须有批准文件", "a foreign element has its approval"
        yield Clause("foreign-without-approval", "", Severity.BLOCK, *said, "怀政办发〔2023〕16号三(一)2-g")


def against(terms: Terms) -> AgreementForbidden | None:
    """The first term that is forbidden, with its rule."""
    found = next((each for each in clauses(terms) if each.severity is Severity.BLOCK), None)
    if found is None:
        return None
    rule = f"{found.rule}," if found.rule else ""
    extra = {"rule": found.rule, "basis": found.basis, "clause": found.code}
    return AgreementForbidden(zh=found.zh, en=found.en, rule=rule, basis=found.basis, extra=extra)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verb is asked about."""

    state: str
    proposed_by: str
    terms: Terms


def _allowed(subject: Subject, _: str, __: date) -> DomainError | None:
    return against(subject.terms)


PROPOSE, DECIDE = May.PROPOSE_RELATIONS, May.DECIDE_RELATIONS
ORDER = "示例程序,待区教委确定;怀政办发〔2023〕16号三(一)2-g"
_another = other_than("核准", "proposed_by")
MACHINE = {
    "withdraw": Verb("撤回", PROPOSE, states("proposed"), "withdrawn", ORDER),
    "approve": Verb("准予备案", DECIDE, states("proposed"), "approved", ORDER, (_another, _allowed)),
    "refuse": Verb("不予备案", DECIDE, states("proposed"), "refused", ORDER, (_another,)),
    "end": Verb("终止", DECIDE, states("approved"), "ended", ORDER),
}
