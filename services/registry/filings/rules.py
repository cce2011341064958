"""信息备案: what may be done with a filing, by when, and what a change of the record brings about. Pure.

学前教育法 art. 72 asks for the filing; the days are parameters. What follows for subsidy and fees is what the register
knows; finance decides by programme.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.registry.filings.codes import FeeRegime, FilingStanding
from services.registry.kindergartens.codes import Status, Type
from services.registry.licences.codes import LicenceStanding
from services.registry.parameters.rules import Parameter, in_force
from services.registry.permissions import May
from services.registry.posts.codes import Severity
from services.registry.recognitions.conditions import months_after
from shared.errors import DomainError
from shared.machine import Verb, other_than, states
from shared.workdays import add_working_days

LAW = "学前教育法 art. 72"
LICENSED = frozenset({LicenceStanding.VALID, LicenceStanding.EXPIRING})


class FilingIsStale(DomainError):
    zh = "备案提出后,登记信息已变更:{fields}。"
    en = "The record has changed since the filing was proposed: {fields}."
    hint_zh = "differences 列出提出时、现在和拟变更的内容;请退回,由园所核对后重新提交。"
    hint_en = (
        "`differences` shows each field then, now and as proposed: send it back, so that the kindergarten can compare"
        " and hand it in again."
    )


class RecognitionDecidesType(DomainError):
    zh = "普惠性民办与非普惠性民办之间的变更以普惠认定为准,不能以备案变更。"
    en = "Recognition decides between inclusive and other private kindergartens: a filing cannot."
    hint_zh = "申请认定:POST /v1/recognitions;退出:POST /v1/recognitions/{{id}}/withdrawal-requests。"
    hint_en = "Apply under POST /v1/recognitions, or leave under POST /v1/recognitions/{{id}}/withdrawal-requests."


class NothingToFile(DomainError):
    zh = "拟变更的内容与现有登记一致。"
    en = "The record says so already."
    hint_zh = "信息无变化时请提交年度确认(kind=confirmation)。"
    hint_en = "File a confirmation (kind=confirmation) when the record is right as it is."


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verb is asked about: a filing, and the fields the record has changed since."""

    state: str
    proposed_by: str
    moved: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Footing:
    """What the register knows of a kindergarten that subsidy, fees and conditions depend on."""

    type: str | None
    status: str | None
    for_profit: bool
    founder_code: str
    licence: str
    recognised: bool
    agreed_fee: str | None = None
    licensed_seats: int = 0
    children: int = 0


@dataclass(frozen=True, slots=True)
class Consequence:
    """Something a change brings about or runs against."""

    code: str
    rule: str
    severity: Severity
    zh: str
    en: str
    basis: str


def _not_stale(subject: Subject, _: str, __: date) -> DomainError | None:
    return FilingIsStale(fields="、".join(subject.moved)) if subject.moved else None


PROPOSE, ANSWER = May.PROPOSE_FILINGS, May.ANSWER_FILINGS
_another = other_than("核准", "proposed_by")
MACHINE = {
    "amend": Verb("重新提交", PROPOSE, states("proposed", "returned"), "proposed", LAW),
    "withdraw": Verb("撤回", PROPOSE, states("proposed", "returned"), "withdrawn", LAW),
    "return": Verb("退回", ANSWER, states("proposed"), "returned", LAW, (_another,)),
    "accept": Verb("准予备案", ANSWER, states("proposed"), "accepted", LAW, (_another, _not_stale)),
}


def answer_due(parameters: Sequence[Parameter], proposed: date) -> date:
    """The last day to answer a filing."""
    return add_working_days(proposed, int(in_force(parameters, "filing_answer_working_days", proposed).number))


def is_late(parameters: Sequence[Parameter], happened: date, proposed: date) -> bool:
    """A change is filed within so many working days of having happened."""
    days = int(in_force(parameters, "filing_report_working_days", happened).number)
    return proposed > add_working_days(happened, days)


def confirmation_due(parameters: Sequence[Parameter], confirmed: date, on: date) -> date:
    """The last day to file or confirm again, counted from the last time."""
    return months_after(confirmed, int(in_force(parameters, "filing_confirmation_months", on).number))


def standing(parameters: Sequence[Parameter], due: date, on: date) -> FilingStanding:
    """Stale the day after the record was to be confirmed; due within the warning days before."""
    if on > due:
        return FilingStanding.STALE
    early = timedelta(int(in_force(parameters, "filing_warning_days", on).number))
    return FilingStanding.DUE if due <= on + early else FilingStanding.FRESH


def moved(base: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The fields of which the record says something else than when the filing was proposed."""
    return sorted(name for name, value in base.items() if now[name] != value)


REGIMES: Mapping[str | None, FeeRegime] = {
    Type.PUBLIC.value: FeeRegime.GOVERNMENT,
    Type.INCLUSIVE_PRIVATE.value: FeeRegime.AGREED,
    Type.PRIVATE.value: FeeRegime.MARKET,
}


def fee_regime(kind: str | None) -> FeeRegime | None:
    """Who sets the fee of a kindergarten of that type (学前教育法 art. 24)."""
    return REGIMES.get(kind)


def against_subsidy(footing: Footing) -> list[str]:
    """What stands against public money for the kindergarten, as far as the register knows (学前教育法 arts 24, 34)."""
    reasons = {
        "not-operating": footing.status != Status.OPERATING,
        "licence-not-in-force": footing.licence not in LICENSED,
        "for-profit": footing.for_profit,
        "not-inclusive": footing.type not in (Type.PUBLIC, Type.INCLUSIVE_PRIVATE),
        "not-recognised": footing.type == Type.INCLUSIVE_PRIVATE and not footing.recognised,
    }
    return [name for name, holds in reasons.items() if holds]


IN_THE_AGREEMENT = frozenset({"founder", "founder_code", "name", "address", "division", "for_profit"})
ART_24, ART_34 = "学前教育法 art. 24", "学前教育法 art. 34"
LOST = Consequence(
    "subsidy-lost", "", Severity.RED, "不再符合财政补助条件", "no longer eligible for public subsidy", ART_24
)
WON = Consequence(
    "subsidy-won", "", Severity.WARN, "自此符合财政补助条件", "eligible for public subsidy from then on", ART_24
)
OTHER_FEES = Consequence(
    "fee-regime-changes", "", Severity.WARN, "收费管理方式改变,须重新公示收费", "fees follow another regime", ART_24
)
AGREEMENT = Consequence(
    "agreement-affected", "", Severity.WARN, "普惠协议须相应变更", "the recognition agreement is to be changed", ART_24
)
NO_PUBLIC_ASSETS = Consequence(
    "no-public-assets",
    "REG-15",
    Severity.WARN,
    "营利性幼儿园不得使用财政性经费、国有或集体资产、捐赠资产",
    "a for-profit kindergarten uses no public, collective or donated assets",
    ART_34,
)
TOO_FEW_SEATS = Consequence(
    "seats-below-children",
    "",
    Severity.RED,
    "核定学位少于在园幼儿",
    "fewer seats than children enrolled",
    "学前教育法 art. 29",
)
TOO_LARGE = Consequence(
    "kindergarten-too-large",
    "REG-02",
    Severity.WARN,
    "办园规模过大",
    "the kindergarten is too large",
    "幼儿园工作规程 art. 11",
)


def consequences(before: Footing, after: Footing, changed: Sequence[str], largest: int) -> Iterator[Consequence]:
    """What follows from the change beside the figures: each with its basis. `largest` is the size of a kindergarten."""
    was, will = not against_subsidy(before), not against_subsidy(after)
    follows = {
        LOST: was and not will,
        WON: will and not was,
        OTHER_FEES: fee_regime(before.type) != fee_regime(after.type),
        AGREEMENT: before.recognised and not IN_THE_AGREEMENT.isdisjoint(changed),
        NO_PUBLIC_ASSETS: after.for_profit and not before.for_profit,
        TOO_FEW_SEATS: "licensed_seats" in changed and after.licensed_seats < after.children,
        TOO_LARGE: "licensed_seats" in changed and after.licensed_seats > largest,
    }
    return (each for each, does in follows.items() if does)
