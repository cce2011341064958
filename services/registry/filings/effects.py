"""What a filing changes and what follows from it: differences, consequences, the plan's targets."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from services.registry.filings.codes import FilingRoute
from services.registry.filings.queries import NOW
from services.registry.filings.rules import (
    Consequence,
    Footing,
    RecognitionDecidesType,
    against_subsidy,
    consequences,
    fee_regime,
)
from services.registry.filings.schemas import FilingChanges
from services.registry.indicators.actions import effect_of_type_change
from services.registry.kindergartens.actions import LicenceActNeeded
from services.registry.kindergartens.codes import Type
from services.registry.kindergartens.rules import needing_an_act
from services.registry.kindergartens.takeovers import token
from services.registry.kindergartens.transitions import TYPES, Standing, hands_refusal
from services.registry.licences.rules import standing as licence_standing
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.periods import Period, timeline
from services.registry.posts.codes import Severity
from services.registry.refusals import RuleRefuses
from shared.db import Reader
from shared.errors import DomainError

LABELS = {
    name: field.json_schema_extra["x-label-zh"]  # type: ignore[index]  # every field has its label
    for name, field in FilingChanges.model_fields.items()
}
PRIVATE = (Type.INCLUSIVE_PRIVATE, Type.PRIVATE)
Row = Mapping[str, Any]


def refusals(
    now: Row, changes: Row, standing: Standing, day: date, *, by_licence: bool = False
) -> Iterator[DomainError]:
    """Everything that keeps the changes from being made: what the law forbids, and what goes another way.

    A change of the licence is that other way.
    """
    found = needing_an_act(changes, licensed=now["licence_number"] is not None)
    if found and not by_licence:
        yield LicenceActNeeded(fields="、".join(found), extra={"fields": found})
    if {"type", "founder_code", "for_profit"} & changes.keys():
        if refusal := hands_refusal(standing, changes, day):
            yield RuleRefuses(refusal)
        elif now["type"] in PRIVATE and changes.get("type", now["type"]) in PRIVATE and "type" in changes:
            yield RecognitionDecidesType()


async def effects(
    reader: Reader, kindergarten: UUID, base: Row | None, changes: Row, day: date, *, by_licence: bool = False
) -> dict[str, Any]:
    """The effects on the record as it stands, compared with `base`, or with itself. Raises NotFound."""
    now = json.loads((await reader.one(NOW, "kindergarten", id=kindergarten, as_of=day))[0])
    base = now if base is None else base
    standing = Standing(
        now["founder_code"],
        now["for_profit"],
        types=timeline(_period(*each) for each in now["types"]),
        public_assets=now["public_assets"],
    )
    then = now | changes
    before, after = footing(now, day), footing(then, day)
    largest = int(in_force(PARAMETERS, "kindergarten_size", day).number)
    told = [*(blocked(each) for each in refusals(now, changes, standing, day, by_licence=by_licence))]
    told += consequences(before, after, list(changes), largest)
    differences = [difference(name, base, now, changes) for name in LABELS if name in changes]
    return {
        "as_of": day,
        "differences": differences,
        "consequences": [asdict(each) for each in told],
        "before": shown(before),
        "after": shown(after),
        "children": before.children,
        "targets": await targets(reader, kindergarten, now, changes, day),
        "token": token(kindergarten, differences, shown(before), shown(after)),
    }


def _period(value: str, since: str, until: str) -> Period:
    return Period(value, date.fromisoformat(since), date.fromisoformat(until))


def difference(name: str, base: Row, now: Row, changes: Row) -> dict[str, Any]:
    licensed = now["licence_number"] is not None
    route = FilingRoute.LICENCE if needing_an_act([name], licensed=licensed) else FilingRoute.FILING
    return {
        "field": name,
        "label_zh": LABELS[name],
        "before": base[name],
        "now": now[name],
        "after": changes[name],
        "moved": base[name] != now[name],
        "route": route.value,
    }


def footing(row: Row, day: date) -> Footing:
    """What subsidy, fees and conditions depend on, from the JSON of the record."""
    ends = date.fromisoformat(row["licence_expires_on"]) if row["licence_expires_on"] else None
    return Footing(
        type=row["type"],
        status=row["status"],
        for_profit=row["for_profit"],
        founder_code=row["founder_code"],
        licence=licence_standing(row["licence_number"], ends, row["last_act"], PARAMETERS, day),
        recognised=row["agreed_fee"] is not None,
        agreed_fee=row["agreed_fee"],
        licensed_seats=row["licensed_seats"],
        children=row["children"],
    )


def shown(footing: Footing) -> dict[str, Any]:
    against = against_subsidy(footing)
    return {
        "type": footing.type,
        "fee_regime": fee_regime(footing.type),
        "agreed_fee": footing.agreed_fee,
        "subsidy_eligible": not against,
        "against_subsidy": against,
    }


def blocked(error: DomainError) -> Consequence:
    """A refusal as the preview tells it."""
    rule = str(error.extra.get("rule", ""))
    said = error.detail("zh"), error.detail("en")
    return Consequence(error.sentence.code, rule, Severity.BLOCK, *said, "学前教育法")


async def targets(
    reader: Reader, kindergarten: UUID, now: Row, changes: Row, day: date
) -> Sequence[dict[str, Any]] | None:
    """The three targets as they would be; None without a change of type, or for a caller who has no figures."""
    holding = [each for each in reader.actor.divisions if now["division_now"].startswith(each)]
    if changes.get("type", now["type"]) == now["type"] or not holding:
        return None
    found = await effect_of_type_change(reader, kindergarten, TYPES[changes["type"]], day)
    return [each.model_dump(mode="json") for each in found.targets]
