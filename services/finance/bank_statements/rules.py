"""What a line of a bank statement can betray: FIN-01, 05, 06, 07 and 16 as pure functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from services.finance.bank_statements.codes import Use
from services.finance.fee_items.rules import ban_on

# Words by which a distribution of surplus calls itself (学前教育法; 民办教育促进法 art. 19; D4.8 red flags).
SURPLUS: Final = ("分红", "利润分配", "办学收益", "办学结余", "结余分配", "股东", "投资回报", "回报举办者")
FEES: Final = ("管理费", "品牌费", "加盟费", "特许经营")
# What a booking calls the fee it pays; words that end in 费 and are none.
FEE: Final = re.compile(r"[\u4e00-\u9fff]{1,8}费")
NO_FEE: Final = ("手续费", "退费", "缴费", "交费", "收费", "消费", "党费", "会费", "经费", "拨付", "补助", "利息")
MONTH: Final = re.compile(r"\d{1,2}月")
AHEAD: Final = ("全年", "学年", "一年", "下学期", "两学期", "两个学期")
SHORT: Final = (("保育教育费", "保教费"), ("伙食费", "餐费"), ("住宿费", "宿费"))
CASH: Final = ("取现", "现金支取", "提现")
# Words by which a payment says what it is for; the first that fits counts.
USES: Final = (
    (Use.PAY, ("工资", "薪", "社保", "社会保险", "公积金", "奖金", "绩效", "福利")),
    (Use.MEALS, ("伙食", "食材", "餐", "粮油", "肉", "菜")),
    (Use.QUALITY, ("培训", "教研", "图书", "玩教具", "教具", "保教")),
    (Use.CONDITIONS, ("租金", "房租", "维修", "修缮", "设备", "水费", "电费", "水电", "燃气", "物业", "保洁", "采购")),
    (Use.TAX, ("税",)),
)


@dataclass(frozen=True, slots=True)
class Party:
    """A related party of the kindergarten; `reviewed` when a disclosed agreement was reviewed."""

    name: str
    number: str
    since: date
    until: date
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Booking:
    """One line of a statement; `amount` below zero went out."""

    booked_on: date
    amount: Decimal
    counterparty: str
    number: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A fee standard on the notice, from `since` until `until`: yuan per unit, and the document it rests on."""

    name: str
    unit: str
    amount: Decimal
    since: date
    until: date
    document: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    rule: str
    zh: str


def use_of(purpose: str) -> Use:
    """What a payment is for, by its own words."""
    return next((use for use, words in USES if any(word in purpose for word in words)), Use.OTHER)


def suspicions(line: Booking, parties: Iterable[Party], *, on_file: bool, nonprofit: bool) -> list[Suspicion]:
    """What one line gives reason to ask."""
    found = []
    if nonprofit and not on_file:
        found.append(Suspicion("FIN-05", "资金经过未备案账户"))
    if line.amount > 0 and (ban := ban_on(line.purpose)):
        found.append(Suspicion("FIN-01", f"收取“{ban.word}”({ban.document})"))
    if line.amount < 0:
        party = _party(line, parties)
        if party is not None and not party.reviewed:
            found.append(Suspicion("FIN-06", "向举办者或关联方付款,没有已披露并经审查的协议"))
        if nonprofit and (word := _distribution(line.purpose, related=party is not None)):
            found.append(Suspicion("FIN-07", f"摘要含“{word}”,疑似分配或转移办学结余"))
    return found


def unfiled(line: Booking, filed: Sequence[Filed]) -> list[Suspicion]:
    """What money nobody recorded says of the fee it pays: not on the notice, above it, or beyond the term.

    By the words of the booking: those that name no fee say nothing. Raised, never decided: a person looks at it.
    """
    named = FEE.search(line.purpose)
    if line.amount <= 0 or named is None or any(word in line.purpose for word in NO_FEE):
        return []
    if ahead := next((word for word in AHEAD if word in line.purpose), None):
        return [Suspicion("FIN-04", f"摘要含“{ahead}”,疑似跨学期预收")]
    held = [each for each in filed if each.since <= line.booked_on < each.until]
    standard = next((each for each in held if _names(each.name, named[0])), None)
    if standard is None:
        return [Suspicion("FIN-01", f"“{named[0]}”不在已公示的收费项目内")]
    if standard.unit == "month" and len(MONTH.findall(line.purpose)) == 1 and line.amount > standard.amount:
        said = f"单月“{standard.name}”高于公示标准 {standard.amount} 元({standard.document})"
        return [Suspicion("FIN-02", said)]
    return []


def _names(item: str, said: str) -> bool:
    """The booking names the item, in full or by what it is called for short (保教费 for 保育教育费)."""
    return item in said or any(full == item and said.endswith(short) for full, short in SHORT)


def _party(line: Booking, parties: Iterable[Party]) -> Party | None:
    held = (each for each in parties if each.since <= line.booked_on < each.until)
    return next(
        (
            each
            for each in held
            if (each.number and each.number == line.number) or (each.name and each.name == line.counterparty)
        ),
        None,
    )


def _distribution(purpose: str, *, related: bool) -> str | None:
    """Surplus under its own name from anyone; management and brand fees when a related party is paid."""
    words = SURPLUS + (FEES if related else ())
    return next((word for word in words if word in purpose), None)


def is_draining(lines: Sequence[Booking], on: date, days: int, share: Decimal) -> bool:
    """资金异常流出: within `days` up to `on` more went out than `share` of the half year's income before, in cash too.

    The pattern that precedes a closure: money is drawn out faster than it is spent.
    """
    begin = on - timedelta(days)
    half_year = begin - timedelta(180)
    recent = [line for line in lines if begin < line.booked_on <= on and line.amount < 0]
    income = sum((line.amount for line in lines if half_year < line.booked_on <= begin and line.amount > 0), Decimal(0))
    cash = any(word in line.purpose for line in recent for word in CASH)
    return cash and income > 0 and -sum((line.amount for line in recent), Decimal(0)) > income * share
