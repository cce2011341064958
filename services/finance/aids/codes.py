"""Words of the aid to families, with their Chinese."""

from collections.abc import Mapping
from typing import Final

from shared.schemas import Code


class AidCategory(Code):
    """学前教育资助对象 (学前教育法 art. 6, 65; the list is to be confirmed by the district)."""

    MINIMUM_LIVING = "minimum_living", "城乡低保", "minimum living allowance"
    LOW_INCOME = "low_income", "低保边缘(低收入)", "low income"
    DESTITUTE = "destitute", "特困供养", "destitute, supported"
    ORPHAN = "orphan", "孤儿/事实无人抚养", "orphan or de facto unattended"
    DISABLED_CHILD = "disabled_child", "残疾儿童", "disabled child"
    DISABLED_FAMILY = "disabled_family", "残疾人家庭子女", "child of a disabled person"
    MARTYR = "martyr", "烈士子女", "child of a martyr"
    LEFT_BEHIND = "left_behind", "农村留守儿童", "rural left-behind child"


class Evidence(Code):
    """证明来源: which authority's record the category rests on."""

    CIVIL_AFFAIRS = "civil_affairs", "民政", "civil affairs"
    DISABLED_PERSONS = "disabled_persons", "残联", "disabled persons' federation"
    VETERANS = "veterans", "退役军人事务", "veterans affairs"
    OTHER = "other", "其他证明", "other proof"


# Whose record proves which category; other proof is always looked at by a person.
PROOFS: Final[Mapping[AidCategory, frozenset[Evidence]]] = {
    AidCategory.MINIMUM_LIVING: frozenset({Evidence.CIVIL_AFFAIRS}),
    AidCategory.LOW_INCOME: frozenset({Evidence.CIVIL_AFFAIRS}),
    AidCategory.DESTITUTE: frozenset({Evidence.CIVIL_AFFAIRS}),
    AidCategory.ORPHAN: frozenset({Evidence.CIVIL_AFFAIRS}),
    AidCategory.DISABLED_CHILD: frozenset({Evidence.DISABLED_PERSONS}),
    AidCategory.DISABLED_FAMILY: frozenset({Evidence.DISABLED_PERSONS}),
    AidCategory.MARTYR: frozenset({Evidence.VETERANS}),
    AidCategory.LEFT_BEHIND: frozenset({Evidence.CIVIL_AFFAIRS}),
}


class AidState(Code):
    """Applied for by the kindergarten's office, checked by its principal, decided by an officer."""

    APPLIED = "applied", "已申请", "applied"
    CHECKED = "checked", "园所已核", "checked"
    APPROVED = "approved", "已批准", "approved"
    REJECTED = "rejected", "未批准", "rejected"
