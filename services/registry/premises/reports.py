"""The days and thresholds premises are shown for, one kindergarten's premises whole, and the report of a division."""

import contextlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.registry.parameters.published import PARAMETERS, number_on
from services.registry.parameters.rules import Parameter, in_force
from services.registry.premises import queries, rules
from services.registry.premises.schemas import (
    PremisesOut,
    PremisesRate,
    PremisesReport,
    PremisesThreshold,
    ToiletProgress,
)
from shared.db import Reader
from shared.errors import InvalidInput
from shared.parameters import NoParameterInForce


def days(on: date) -> dict[str, Any]:
    """The day buildings are shown for; `soon` is the first day that is not soon."""
    return {"as_of": on, "soon": on + timedelta(number_on("premises_warning_days", on))}


def measured(on: date) -> dict[str, Any]:
    """Everything a condition is measured by. Raises InvalidInput where the standard was not in force yet."""
    standard = {name.value: each.number for name, each in _thresholds(on).items()}
    return days(on) | standard | {"tolerance": number_on("oversize_tolerance", on)}


def _thresholds(on: date) -> Mapping[Any, Parameter]:
    try:
        return rules.thresholds(PARAMETERS, on)
    except NoParameterInForce as error:
        raise InvalidInput(
            reason_zh="该日没有生效的办园条件标准。",
            reason_en="no standard of premises was in force on that day.",
            pointer="as_of",
        ) from error


async def premises(reader: Reader, id: UUID, on: date) -> PremisesOut:
    """Everything of a day, and the condition once a standard was in force. Raises NotFound."""
    row = json.loads((await reader.one(queries.PREMISES, "kindergarten", id=id, **days(on)))[0])
    (toilets,) = await reader.one(queries.MY_TOILETS, "kindergarten", id=id, as_of=on)
    row["toilets"], row["condition"] = json.loads(toilets), None
    with contextlib.suppress(InvalidInput):
        condition = await reader.row(queries.MY_CONDITION, id=id, **measured(on))
        row["condition"] = json.loads(condition[0]) if condition else None
    return PremisesOut.model_validate_json(json.dumps(row))


async def report(reader: Reader, division: str, on: date) -> PremisesReport:
    """C1 and C2 of the kindergartens that operate in the division on a day."""
    (body,) = await reader.one(queries.ALL_CONDITIONS, "division", division=division, **measured(on))
    (toilets,) = await reader.one(queries.TOILET_PROGRESS, "division", division=division, as_of=on)
    rows: list[dict[str, Any]] = json.loads(body)
    found = rules.rates(rows, PARAMETERS, on)
    classes, within = (sum(row[name] for row in rows) for name in ("classes", "classes_within"))
    required = in_force(PARAMETERS, "class_size_compliance_threshold", on).number * rules.PERCENT
    size = rules.Rate(within, classes - within, 0, required)
    return PremisesReport(
        division=division,
        as_of=on,
        kindergartens=len(rows),
        children=sum(row["children"] for row in rows),
        nursery_children=sum(row["nursery_children"] for row in rows),
        thresholds=[
            PremisesThreshold(
                measure=name, per_child=each.number, document=each.document, article=each.article, tag=each.tag
            )
            for name, each in _thresholds(on).items()
        ],
        rates=[
            PremisesRate(
                group=group,
                measure=measure,
                kindergartens=each.total,
                met=each.met,
                unmet=each.unmet,
                unknown=each.unknown,
                rate=each.percent,
                required=each.required,
                reached=each.reached,
            )
            for (group, measure), each in found.items()
        ],
        c1_reached=rules.all_reached(list(found.values())),
        classes=classes,
        classes_within=within,
        class_rate=size.percent,
        class_rate_required=required,
        c2_reached=size.reached,
        toilets=[ToiletProgress.model_validate(each) for each in json.loads(toilets)],
        appraisals_lacking=sum(row["appraisals_lacking"] for row in rows),
    )
