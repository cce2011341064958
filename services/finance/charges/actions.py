"""Charging a family: refused unless the item is published, within the standard, within the term and not waived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.books.models import Book
from services.finance.charges.models import Charge, ChargeBalance
from services.finance.charges.refusals import (
    AboveStandard,
    NoBookKept,
    NoFiledItem,
    NotEnrolledThen,
    NumberMissing,
    PrepaidBeyondTerm,
    WaivedFeeCharged,
)
from services.finance.charges.rules import RECEIVABLE, credit_account, months, standard_sum, term_of, waived
from services.finance.charges.schemas import ChargeNew
from services.finance.enrolments.models import Enrolment
from services.finance.enrolments.rules import is_last_year
from services.finance.entries.actions import post_entries
from services.finance.entries.rules import Draft, Line
from services.finance.fee_items.codes import FeeCategory, FeeFilingState
from services.finance.fee_items.models import FeeItem
from services.finance.kindergartens.models import Kindergarten
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import number_on
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
    """Store the charge and post it. Raises FIN-01 to FIN-04, NumberMissing, NoBookKept."""
    of = await session.get(Kindergarten, new.kindergarten)
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    item = await _published(session, new)
    await _within_term(session, new)
    most, document = await _standard(session, of, item, new)
    waiver = await _waiver(session, of, item, new)
    if new.amount > most:
        raise AboveStandard(amount=new.amount, most=most, document=document, pointer="/amount")
    if waiver.amount and new.amount > most - waiver.amount:
        raise WaivedFeeCharged(
            waived=waiver.amount, most=most - waiver.amount, document=waiver.document, pointer="/amount"
        )
    made = Charge(
        id=new_id(),
        **new.model_dump(exclude={"quantity", "amount"}),
        division=of.division,
        category=item.category,
        name=item.name,
        gross=new.amount + waiver.amount,
        waived=waiver.amount,
        amount=new.amount,
        basis=_basis(new, item, most, document, waiver),
        charged_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    session.add(ChargeBalance(charge=made.id, kindergarten=of.id, division=of.division, amount=made.amount))
    if made.amount:
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


def _basis(new: ChargeNew, item: FeeItem, most: Decimal, document: str, waiver: Waiver) -> dict[str, Any]:
    return {
        "quantity": str(new.quantity),
        "standard": f"{item.amount:.2f}",
        "most": f"{most:.2f}",
        "document": document,
        "waived_months": [month.isoformat() for month in waiver.months],
        "waiver_document": waiver.document,
    }


async def _post(session: AsyncSession, made: Charge) -> UUID:
    book = await session.scalar(select(Book).where(Book.kindergarten == made.kindergarten))
    if book is None:
        raise NoBookKept
    lines = (
        Line(RECEIVABLE[book.standard], made.amount, made.name),
        Line(credit_account(book.standard, made.category), -made.amount, made.name),
    )
    summary = f"应收{made.name} {made.covers_since:%Y-%m-%d}"
    (posted,) = await post_entries(session, book.id, [Draft("charge", str(made.id), made.charged_on, summary, lines)])
    return posted.id
