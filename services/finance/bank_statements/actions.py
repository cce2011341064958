"""Importing a statement: each booking once, explained where something explains it, and looked at by every rule."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.alerts.actions import Raised, raise_alerts
from services.finance.bank_accounts.codes import AccountState
from services.finance.bank_accounts.models import BankAccount
from services.finance.bank_statements.codes import Match
from services.finance.bank_statements.models import BankLine, BankStatement
from services.finance.bank_statements.reading import StatementLine
from services.finance.bank_statements.rules import (
    Booking,
    Filed,
    Party,
    is_draining,
    suspicions,
    unfiled,
    use_of,
)
from services.finance.fee_items.codes import FeeFilingState
from services.finance.fee_items.models import FeeItem
from services.finance.fee_items.rules import ban_on
from services.finance.kindergartens.models import Kindergarten
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import number_on
from services.finance.receipts.models import Receipt
from services.finance.related_parties.models import RelatedParty
from services.finance.subsidy_payments.models import Instruction
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id

Explained = tuple[Match, str]


async def import_statement(
    session: AsyncSession, actor: Actor, account: UUID, content: bytes, lines: Sequence[StatementLine]
) -> UUID:
    """Raises NotFound."""
    held = await session.scalar(select(BankAccount).where(BankAccount.id == account).with_for_update())
    if held is None:
        raise NotFound(what="bank account")
    made = BankStatement(
        id=new_id(),
        account=account,
        kindergarten=held.kindergarten,
        division=held.division,
        digest=hashlib.sha256(content).hexdigest(),
        lines=len(lines),
        imported_by=actor.id,
    )
    session.add(made)
    await session.flush()
    added = await _add(session, made, lines)
    made.added = len(added)
    made.unmatched = sum(row["match"] == Match.UNMATCHED.value for row in added)
    found = await _found(session, held, added)
    made.alerts = (await raise_alerts(session, made.kindergarten, made.division, found)).total()
    await session.flush()
    await announce(
        session,
        "finance.bank_statement.imported",
        f"bank-statements/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"account": account, "added": made.added, "unmatched": made.unmatched, "alerts": made.alerts},
    )
    return made.id


async def _add(session: AsyncSession, made: BankStatement, lines: Sequence[StatementLine]) -> list[dict[str, Any]]:
    if not lines:
        return []
    explained = await _explained(session, made.kindergarten, lines)
    shared = {"statement": made.id, "account": made.account, "kindergarten": made.kindergarten}
    rows = []
    for line in lines:
        match, reason = explained[line.reference]
        row = asdict(line) | shared | {"id": new_id(), "division": made.division, "match": match.value}
        rows.append(row | {"reason": reason, "use": use_of(line.purpose).value if line.amount < 0 else None})
    ids = set(await session.scalars(insert(BankLine).values(rows).on_conflict_do_nothing().returning(BankLine.id)))
    return [row for row in rows if row["id"] in ids]


async def _explained(session: AsyncSession, of: UUID, lines: Sequence[StatementLine]) -> Mapping[str, Explained]:
    """A receipt or a subsidy that names the same reference and the same money; anything else that came is open."""
    references = [line.reference for line in lines]
    asked = select(Receipt.source_key, Receipt.amount).where(Receipt.kindergarten == of)
    receipts = {(key, amount) for key, amount in await session.execute(asked.where(Receipt.source_key.in_(references)))}
    paid = select(Instruction.reference, Instruction.amount).where(Instruction.kindergarten == of)
    subsidies = {row.reference: row.amount for row in await session.execute(paid)}
    return {line.reference: _explain(line, receipts, subsidies) for line in lines}


def _explain(line: StatementLine, receipts: set[tuple[str, Decimal]], subsidies: Mapping[str, Decimal]) -> Explained:
    if line.amount < 0:
        return Match.OUTFLOW, "支出"
    if (line.reference, line.amount) in receipts:
        return Match.RECEIPT, "流水号和金额与收款登记一致"
    named = next((each for each in subsidies if each in line.purpose or each == line.reference), None)
    if named is not None and subsidies[named] == line.amount:
        return Match.SUBSIDY, f"与补助拨付指令 {named} 一致"
    return Match.UNMATCHED, "没有对应的收款登记或补助拨付"


async def _found(session: AsyncSession, account: BankAccount, added: Sequence[Mapping[str, Any]]) -> list[Raised]:
    of = await session.get_one(Kindergarten, account.kindergarten)
    nonprofit = of.type != "public" and not of.for_profit
    parties = [
        Party(each.name, each.number, each.since, each.until, bool(each.agreement and each.reviewed_by))
        for each in await session.scalars(select(RelatedParty).where(RelatedParty.kindergarten == of.id))
    ]
    found = [
        Raised(each.rule, str(row["id"]), each.zh, abs(row["amount"]), [_evidence(row)])
        for row in added
        for each in suspicions(_booking(row), parties, on_file=_on_file(account, row["booked_on"]), nonprofit=nonprofit)
    ]
    return [*found, *await _unfiled(session, of, added), *await _draining(session, account, added)]


async def _unfiled(session: AsyncSession, of: Kindergarten, added: Sequence[Mapping[str, Any]]) -> list[Raised]:
    """FIN-01, 02 and 04 of money that no receipt explains: one alert a fee, rule and month, with every booking."""
    held = select(FeeItem).where(FeeItem.kindergarten == of.id, FeeItem.state == FeeFilingState.PUBLISHED)
    filed = [
        Filed(each.name, each.unit, each.amount, each.since, each.until, each.document)
        for each in await session.scalars(held)
    ]
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in added:
        if row["match"] == Match.UNMATCHED.value and not ban_on(row["purpose"]):
            for each in unfiled(_booking(row), filed):
                found[each.rule, each.zh, f"{row['booked_on']:%Y-%m}"].append(row)
    return [
        Raised(
            rule,
            f"{of.id}/{said}/{month}",
            f"{said},{len(rows)} 笔",
            sum((row["amount"] for row in rows), Decimal(0)),
            [_evidence(row) for row in rows],
        )
        for (rule, said, month), rows in found.items()
    ]


async def _draining(session: AsyncSession, account: BankAccount, added: Sequence[Mapping[str, Any]]) -> list[Raised]:
    """FIN-16, once a month and account; without its two numbers the rule does not run."""
    if not added:
        return []
    on: date = max(row["booked_on"] for row in added)
    days = await number_on(session, ParameterName.ALERT_NUMBER, "fin_16/days", on)
    share = await number_on(session, ParameterName.ALERT_NUMBER, "fin_16/share", on)
    if days is None or share is None or days.value is None or share.value is None:
        return []
    rows = (await session.scalars(select(BankLine).where(BankLine.account == account.id))).all()
    lines = [Booking(r.booked_on, r.amount, r.counterparty, r.number, r.purpose) for r in rows]
    if not is_draining(lines, on, int(days.value), share.value):
        return []
    recent = [r for r in rows if r.amount < 0 and (on - r.booked_on).days < int(days.value)]
    proof = [{"line": str(r.id), "on": r.booked_on.isoformat(), "amount": f"{r.amount:.2f}"} for r in recent]
    total = -sum((r.amount for r in recent), Decimal(0))
    said = f"{int(days.value)} 日内流出超过前半年收入的 {share.value.normalize():f}({share.document})"
    return [Raised("FIN-16", f"{account.id}/{on:%Y-%m}", said, total, proof)]


def _on_file(account: BankAccount, on: date) -> bool:
    return account.state == AccountState.ACCEPTED and account.since <= on < account.until


def _booking(row: Mapping[str, Any]) -> Booking:
    return Booking(row["booked_on"], row["amount"], row["counterparty"], row["number"], row["purpose"])


def _evidence(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "line": str(row["id"]),
        "on": row["booked_on"].isoformat(),
        "reference": row["reference"],
        "amount": f"{row['amount']:.2f}",
        "counterparty": row["counterparty"],
        "purpose": row["purpose"],
    }
