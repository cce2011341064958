import json
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from sqlalchemy import Text, bindparam, cast, insert
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.indicator_snapshots.differences import difference
from services.registry.indicator_snapshots.models import IndicatorSnapshot, IndicatorSnapshotInput
from services.registry.indicator_snapshots.queries import KEPT, counted
from services.registry.indicator_snapshots.schemas import ChangedInput, Counts, IndicatorDifference
from services.registry.indicators.asking import Asked
from services.registry.indicators.codes import Part
from services.registry.indicators.definitions import Definition, Formula
from services.registry.indicators.rules import shown, value_of
from shared.contracts.registry import INDICATOR_FROZEN, IndicatorFrozenFact
from shared.days import today
from shared.db import Reader
from shared.errors import DomainError
from shared.events import announce
from shared.ids import new_id


class DayNotReached(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "{day} 还没有到,不能冻结。"
    en = "{day} has not come yet: there is nothing to freeze."
    pointer = "/as_of"


_input = insert(IndicatorSnapshotInput).values(rows=cast(bindparam("inputs", type_=Text), JSONB))


async def freeze_indicator(
    session: AsyncSession, ask: Asked, as_of: date, *, actor: str, published: bool, note: str
) -> UUID:
    """Count the figure in one SELECT, row by row, and keep it with the rows behind it. Raises DayNotReached."""
    if as_of > today():
        raise DayNotReached(day=as_of.isoformat(), pointer="/as_of")
    found = (await session.execute(counted(ask.formula, **ask.narrowed), ask.binds(as_of))).mappings().one()
    snapshot = IndicatorSnapshot(
        id=new_id(),
        indicator=ask.formula.code,
        version=ask.formula.version,
        division=ask.area,
        zone=ask.zone,
        kindergarten=ask.kindergarten,
        as_of=as_of,
        parameters=dict(ask.formula.parameters),
        numerator=found["numerator"],
        denominator=found["denominator"],
        value=value_shown(ask.formula, found["numerator"], found["denominator"]),
        unit=ask.formula.unit,
        inputs_digest=found["inputs_digest"],
        numerator_rows=found["numerator_rows"],
        denominator_rows=found["denominator_rows"],
        population_counted_on=found["counted_on"],
        synthetic=found["synthetic"],
        published=published,
        note=note,
        frozen_by=actor,
    )
    session.add(snapshot)
    await session.flush()
    parts = [(part, found[f"{part.value}_inputs"]) for part in Part if found[f"{part.value}_inputs"] is not None]
    kept = {"snapshot": snapshot.id, "division": snapshot.division, "kindergarten": snapshot.kindergarten}
    await session.execute(_input, [kept | {"part": part.value, "inputs": inputs} for part, inputs in parts])
    await _announce(session, snapshot)
    return snapshot.id


async def _announce(session: AsyncSession, snapshot: IndicatorSnapshot) -> None:
    fact = IndicatorFrozenFact.model_validate(snapshot, from_attributes=True)
    await announce(
        session,
        INDICATOR_FROZEN,
        f"indicator-snapshots/{snapshot.id}",
        division=snapshot.division,
        kindergarten=snapshot.kindergarten,
        data=fact.model_dump(),
    )


def value_shown(formula: Formula, numerator: int, denominator: int | None) -> str | None:
    """The printed figure of both counts."""
    printed = shown(value_of(formula.kind, numerator, denominator or 0), formula.decimals, formula.scale)
    return None if printed is None else str(printed)


async def explain_difference(reader: Reader, id: UUID) -> IndicatorDifference:
    """Count a frozen figure again by the same definition and basis, and name the rows that make the difference.

    Raises NotFound when the snapshot or the rows behind it are out of scope: a published figure is everybody's, its
    rows are not.
    """
    row, intact = await reader.one(KEPT, "snapshot", id=id)
    kept: dict[str, Any] = json.loads(row)
    formula = Definition.read(kept | {"code": kept["indicator"]}).formula(kept["parameters"])
    narrowed = {"zone": kept["zone"] is not None, "kindergarten": kept["kindergarten"] is not None}
    day = date.fromisoformat(kept["as_of"])
    over, under, digest, above, below, rows = await reader.one(
        difference(formula, **narrowed),
        "snapshot",
        id=id,
        frozen_at=kept["frozen_at"],
        days=[day],
        first=day,
        last=day,
        division="" if kept["kindergarten"] else kept["division"],
        zone=kept["zone"],
        kindergarten=kept["kindergarten"],
    )
    return IndicatorDifference(
        snapshot=id,
        indicator=formula.code,
        version=formula.version,
        version_in_force=kept["version_in_force"],
        as_of=day,
        frozen=Counts(numerator=kept["numerator"], denominator=kept["denominator"], value=kept["value"]),
        live=Counts(numerator=over, denominator=under, value=value_shown(formula, over, under)),
        same=digest == kept["inputs_digest"],
        intact=intact,
        numerator_changes=above,
        denominator_changes=below,
        rows=[ChangedInput.model_validate(each) for each in json.loads(rows)],
    )
