"""Charging a family: refused unless the item is published, within the standard, within the term and not waived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.aids.codes import AidState
from services.finance.aids.models import Aid
from services.finance.books.models import Book
from services.finance.charges.models import Charge, ChargeBalance
from services.finance.charges.refusals import (
    AboveStandard,
    AidedFeeCharged,
    NoBookKept,
    NoFiledItem,
    NotEnrolledThen,
    NumberMissing,
    PeriodAlreadyCharged,
    PrepaidBeyondTerm,
    WaivedFeeCharged,
)
from services.finance.charges.rules import (
    AID_DUE,
    RECEIVABLE,
    City,
    credit_account,
    months,
    standard_sum,
    term_of,
    waived,
)
from services.finance.charges.schemas import ChargeNew
from services.finance.enrolments.models import Enrolment
from services.finance.enrolments.rules import is_last_year
from services.finance.entries.actions import post_entries
from services.finance.entries.rules import Draft, Line
from services.finance.fee_items.codes import FeeCategory, FeeFilingState, FeeUnit
from services.finance.fee_items.models import FeeItem
from services.finance.kindergartens.models import Kindergarten
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import number_on, numbers_on
from services.finance.parameters.rules import Dated, in_force
from services.finance.programmes.codes import ProgrammeState, Shape
from services.finance.programmes.models import Programme
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id

TERMS = ("autumn", "spring")


@dataclass(frozen=True, slots=True)
class Waiver:
    """免保教费 of one charge: how much, in which months, by which document."""

    amount: Decimal
    months: tuple[date, ...] = ()
    document: str = ""


async def charge_family(session: AsyncSession, actor: Actor, new: ChargeNew) -> UUID:
    """Store the charge and post it. Raises FIN-01 to 04, AidedFeeCharged, PeriodAlreadyCharged, NumberMissing."""
    # Held: of two charges for overlapping periods the second is to see the first.
    of = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten).with_for_update())
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    item = await _published(session, new)
    await _within_term(session, new)
    await _not_charged(session, item, new)
    most, document = await _standard(session, of, item, new)
    waiver = await _waiver(session, of, item, new)
    aid = await _aid(session, item, new, most - waiver.amount)
    _within_standard(new.amount, most, document, waiver, aid)
    month = new.covers_since.replace(day=1)
    city = await city_shares(session, await numbers_on(session, month), str(of.type), month)
    municipal = city.part(waiver.amount, aid.amount)
    made = Charge(
        id=new_id(),
        **new.model_dump(exclude={"quantity", "amount"}),
        division=of.division,
        category=item.category,
        name=item.name,
        gross=new.amount + waiver.amount + aid.amount,
        waived=waiver.amount,
        aided=aid.amount,
        amount=new.amount,
        municipal=municipal,
        district=waiver.amount + aid.amount - municipal,
        basis=_basis(new, item, most, document, waiver, aid, municipal),
        charged_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    session.add(ChargeBalance(charge=made.id, kindergarten=of.id, division=of.division, amount=made.amount))
    if made.amount or made.aided:
        made.entry = await _post(session, made)
    data = {"item": made.name, "amount": made.amount, "waived": made.waived, "on": made.charged_on}
    await announce(
        session,
        "finance.charge.made",
        f"charges/{made.id}",
        division=of.division,
        kindergarten=of.id,
        data=data,
    )
    return made.id


async def city_shares(session: AsyncSession, numbers: Sequence[Dated], type: str, month: date) -> City:
    """Who makes good what is waived (the programme of that shape) and aided (municipal_share/aid), that month."""
    free = select(Programme.code, Programme.level).where(
        Programme.shape == Shape.WAIVED_FEE.value,
        Programme.state == ProgrammeState.APPROVED,
        func.array_position(Programme.types, type).is_not(None),
        Programme.since < _after(month),
        Programme.until > month,
    )
    found = (await session.execute(free.order_by(Programme.code).limit(1))).one_or_none()
    whole = {"municipal": Decimal(1), "district": Decimal(0)}
    waived_by = Decimal(0) if found is None else whole.get(found.level, _share(numbers, found.code, month))
    return City(waived_by, _share(numbers, "aid", month))


def _share(numbers: Sequence[Dated], key: str, month: date) -> Decimal:
    found = in_force(numbers, ParameterName.MUNICIPAL_SHARE.value, key, month)
    return (found and found.value) or Decimal(0)


def _within_standard(amount: Decimal, most: Decimal, document: str, waiver: Waiver, aid: Waiver) -> None:
    """FIN-02 and 03, and what aid bears."""
    if amount > most:
        raise AboveStandard(amount=amount, most=most, document=document, pointer="/amount")
    if waiver.amount and amount > most - waiver.amount:
        raise WaivedFeeCharged(
            waived=waiver.amount, most=most - waiver.amount, document=waiver.document, pointer="/amount"
        )
    if aid.amount and amount > most - waiver.amount - aid.amount:
        raise AidedFeeCharged(
            aided=aid.amount, most=most - waiver.amount - aid.amount, document=aid.document, pointer="/amount"
        )


async def _not_charged(session: AsyncSession, item: FeeItem, new: ChargeNew) -> None:
    """Nothing is charged twice, however the periods are cut; what is charged each time it happens may repeat."""
    if item.unit == FeeUnit.ONCE:
        return
    same = (Charge.kindergarten == new.kindergarten, Charge.child == new.child, Charge.name == item.name)
    inside = (Charge.covers_since < new.covers_until, Charge.covers_until > new.covers_since)
    found = await session.scalar(
        select(Charge).where(*same, *inside, Charge.covers_since != new.covers_since).order_by(Charge.id).limit(1)
    )
    if found is not None:
        raise PeriodAlreadyCharged(until=found.covers_until, charge=found.id, pointer="/covers_since")


async def _published(session: AsyncSession, new: ChargeNew) -> FeeItem:
    """FIN-01."""
    item = await session.get(FeeItem, new.fee_item)
    if (
        item is None
        or item.kindergarten != new.kindergarten
        or item.state != FeeFilingState.PUBLISHED
        or not item.since <= new.charged_on < item.until
    ):
        raise NoFiledItem(day=new.charged_on, pointer="/fee_item")
    return item


async def _standard(session: AsyncSession, of: Kindergarten, item: FeeItem, new: ChargeNew) -> tuple[Decimal, str]:
    """FIN-02: the published standard, or the ceiling of the day when that has come to lie lower."""
    most, document = standard_sum(item.amount, new.quantity), item.document
    ceiling = await number_on(session, ParameterName.FEE_CEILING, f"{item.category}/{of.type}", new.charged_on)
    if ceiling is not None and ceiling.value is not None and ceiling.value < item.amount:
        return standard_sum(ceiling.value, new.quantity), ceiling.document
    return most, document


async def _within_term(session: AsyncSession, new: ChargeNew) -> None:
    """FIN-04."""
    starts = [int(await _number(session, ParameterName.TERM_START, term, new.charged_on)) for term in TERMS]
    term = term_of(new.charged_on, starts)
    if new.covers_until > term.until:
        raise PrepaidBeyondTerm(until=term.until, pointer="/covers_until")


async def _waiver(session: AsyncSession, of: Kindergarten, item: FeeItem, new: ChargeNew) -> Waiver:
    """FIN-03: what of this charge is waived, month by month of what it covers."""
    if item.category != FeeCategory.CARE_EDUCATION:
        return Waiver(Decimal(0))
    touched = months(new.covers_since, new.covers_until)
    periods = await _enrolments(session, new)
    price = standard_sum(item.amount, new.quantity) / len(touched)
    total, free, document = Decimal(0), [], ""
    for month in touched:
        here = [each for each in periods if each.since < _after(month) and each.until > month]
        if not any(is_last_year(each.class_kind, each.school_entry_year, month) for each in here):
            continue
        standard = await number_on(session, ParameterName.FREE_YEAR_STANDARD, str(of.type), month)
        if standard is None:
            continue
        total += waived(price, standard.value)
        free.append(month)
        document = standard.document
    return Waiver(total.quantize(Decimal("0.01")), tuple(free), document)


async def _aid(session: AsyncSession, item: FeeItem, new: ChargeNew, left: Decimal) -> Waiver:
    """资助: of the categories in force when the period begins the one that bears most of what is left."""
    own = (Aid.child == new.child, Aid.kindergarten == new.kindergarten, Aid.state == AidState.APPROVED)
    held = select(Aid.category).where(*own, Aid.since <= new.covers_since, Aid.until > new.covers_since)
    found = [
        await number_on(session, ParameterName.AID_SHARE, f"{category}/{item.category}", new.covers_since)
        for category in await session.scalars(held.distinct())
    ]
    best = max((each for each in found if each and each.value), key=lambda each: each.value or 0, default=None)
    if best is None or best.value is None:
        return Waiver(Decimal(0))
    return Waiver(standard_sum(left, best.value), (), best.document)


async def _enrolments(session: AsyncSession, new: ChargeNew) -> Sequence[Enrolment]:
    of_child = (Enrolment.child == new.child, Enrolment.kindergarten == new.kindergarten)
    inside = (Enrolment.since < new.covers_until, Enrolment.until > new.covers_since)
    found = (await session.scalars(select(Enrolment).where(*of_child, *inside))).all()
    if not found:
        raise NotEnrolledThen(day=new.covers_since, pointer="/child")
    return found


async def _number(session: AsyncSession, name: ParameterName, key: str, on: date) -> Decimal:
    found = await number_on(session, name, key, on)
    if found is None or found.value is None:
        raise NumberMissing(name=name.value, key=key, day=on)
    return found.value


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _basis(
    new: ChargeNew, item: FeeItem, most: Decimal, document: str, waiver: Waiver, aid: Waiver, municipal: Decimal
) -> dict[str, Any]:
    said = [f"标准 {item.amount:.2f} 元 × {new.quantity.normalize():f},最多 {most} 元({document})"]
    if waiver.amount:
        said.append(f"入小学前一年免收 {waiver.amount} 元({waiver.document})")
    if aid.amount:
        said.append(f"资助负担 {aid.amount} 元({aid.document})")
    if waiver.amount or aid.amount:
        said.append(f"其中市级负担 {municipal} 元,区级负担 {waiver.amount + aid.amount - municipal} 元")
    said.append(f"家庭负担 {new.amount} 元")
    return {
        "quantity": str(new.quantity),
        "standard": f"{item.amount:.2f}",
        "most": f"{most:.2f}",
        "document": document,
        "waived_months": [month.isoformat() for month in waiver.months],
        "waiver_document": waiver.document,
        "sentences": said,
    }


async def _post(session: AsyncSession, made: Charge) -> UUID:
    book = await session.scalar(select(Book).where(Book.kindergarten == made.kindergarten))
    if book is None:
        raise NoBookKept
    owed = ((RECEIVABLE, made.amount), (AID_DUE, made.aided))
    lines = (
        *(Line(account[book.standard], amount, made.name) for account, amount in owed if amount),
        Line(credit_account(book.standard, made.category), -made.amount - made.aided, made.name),
    )
    summary = f"应收{made.name} {made.covers_since:%Y-%m-%d}"
    (posted,) = await post_entries(session, book.id, [Draft("charge", str(made.id), made.charged_on, summary, lines)])
    return posted.id
