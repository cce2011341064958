"""双普自查: items as data, what can be computed computed, the rest as it was found and by which document."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry import data
from services.registry.construction.models import ConstructionMilestone, ConstructionProject
from services.registry.indicators.asking import covers
from services.registry.indicators.models import Indicator
from services.registry.indicators.targets import Held, counted, counts, distinct, targets_on
from services.registry.network.answers import town_report
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.plan_units.actions import for_the_district
from services.registry.plans.reference import DISTRICT
from services.registry.refusals import refuse
from services.registry.staffing.queries import WORKFORCE
from services.registry.staffing.reports import figures, places
from services.registry.staffing.schemas import StaffingScope
from services.registry.universal_checks.codes import UniversalSource
from services.registry.universal_checks.models import UniversalEvidence
from services.registry.universal_checks.schemas import UniversalCheck, UniversalEvidencePut, UniversalItem
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import many
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id

ENTERED = "registry.universal_evidence.entered"
ITEMS = data.document("plan/universal_check")["items"]
RATES = {"A1": "enrolment_rate_3y", "A2": "inclusive_coverage", "A3": "public_share"}
_e, _i = UniversalEvidence.__table__.c, Indicator.__table__.c
_as_of = bindparam("as_of", type_=Date)
FOUND = many(
    select(*(_e[name] for name in ("item", "met", "summary", "document", "path", "found_on", "entered_by")))
    .where(_e.found_on <= _as_of)
    .order_by(_e.found_on)
)
SIZES = many(
    select(*(_i[name] for name in ("code", "version", "name_zh", "kind", "unit", "decimals", "definition", "since")))
    .where(_i.code == "class_size_compliance", _i.since <= func.greatest(_as_of, _i.since), _i.until > _as_of)
    .order_by(_i.version)
)
_p, _m = ConstructionProject.__table__.c, ConstructionMilestone.__table__.c
# Kindergartens of residential areas that are accepted, and whether their nature is decided (公办 or 委托普惠).
RESIDENTIAL = many(
    select(_p.name, _p.nature)
    .join_from(ConstructionProject, ConstructionMilestone, _m.project == _p.id)
    .where(_p.kind == "residential", _p.state != "cancelled", _m.track == "kindergarten", _m.step == "accept")
    .where(_m.actual_on <= _as_of)
    .order_by(_p.pinyin)
)


@dataclass(frozen=True, slots=True)
class State:
    """How an item stands."""

    value: str | None
    met: bool | None
    path: str
    missing: list[str] = field(default_factory=list)


async def check(reader: Reader, on: date) -> UniversalCheck:
    """Every item on a day. Raises NotFound for a caller whose scope is not the whole district."""
    if not covers(reader.actor, DISTRICT):
        raise NotFound(what="division")
    computed, synthetic = await _computed(reader, on)
    rows = json.loads((await reader.one(FOUND, "evidence", as_of=on))[0])
    found = {row["item"]: row for row in rows}
    items = [_item(each, computed.get(each["code"]), found.get(each["code"])) for each in ITEMS]
    reached, missed = (sum(each.met is state for each in items) for state in (True, False))
    return UniversalCheck(
        as_of=on,
        division=DISTRICT,
        reached=reached,
        not_reached=missed,
        unknown=len(items) - reached - missed,
        passed=reached == len(items),
        items=items,
        synthetic=synthetic,
    )


def _item(asked: dict[str, Any], state: State | None, evidence: dict[str, Any] | None) -> UniversalItem:
    said = {name: asked[name] for name in ("code", "name", "asked", "tag")}
    if state is not None:
        nothing: dict[str, Any] = {"document": None, "found_on": None, "entered_by": None}
        return UniversalItem(
            **said,
            **nothing,
            source=UniversalSource.COMPUTED,
            value=state.value,
            met=state.met,
            missing=state.missing,
            path=state.path,
        )
    row = evidence or {"summary": None, "met": None, "path": asked["path"]}
    return UniversalItem(
        **said,
        source=UniversalSource.ENTERED,
        value=row["summary"],
        met=row["met"],
        missing=[],
        path=row["path"] or asked["path"],
        **{name: row.get(name) for name in ("document", "found_on", "entered_by")},
    )


async def _computed(reader: Reader, on: date) -> tuple[dict[str, State], bool]:
    rates, synthetic = await _rates(reader, on)
    towns = await town_report(reader, on, DISTRICT)
    needing = [each for each in towns.items if each.centre_needed]
    without = [each.name for each in needing if not each.centres]
    centres = State(f"{len(needing) - len(without)}/{len(needing)}", not without, "/v1/network/towns?gap=true", without)
    built = json.loads((await reader.one(RESIDENTIAL, "project", as_of=on))[0])
    open_ = [row["name"] for row in built if row["nature"] is None]
    residential = State(
        f"{len(built) - len(open_)}/{len(built)}",
        not open_ if built else None,
        "/v1/construction-projects?kind=residential",
        open_,
    )
    teachers = await _teachers(reader, on)
    return rates | {"B3": centres, "B4": residential, "C3": teachers}, synthetic or towns.synthetic


async def _rates(reader: Reader, on: date) -> tuple[dict[str, State], bool]:
    """A1 to A3 as the national thresholds stand in the plan of the day, and C2 by its parameter."""
    national = {
        each.formula.code: each for each in await targets_on(reader, on) if each.row["target_set"] == "national"
    }
    held = {code: national[name] for code, name in RATES.items() if name in national}
    sizes = json.loads((await reader.one(SIZES, "indicator", as_of=on))[0])
    if sizes:
        least = in_force(PARAMETERS, "class_size_compliance_threshold", on).value
        held["C2"] = Held.read(sizes[-1] | {"parameters": {}, "comparison": "ge", "threshold": least})
    if not held:
        return {}, False
    sides = distinct([each.formula for each in held.values()])
    tally = (await counted(reader, sides, DISTRICT, [on]))[on]
    found = {}
    for code, each in held.items():
        figure = each.figure(*counts(tally, sides, each.formula), on)
        value = None if figure.value is None else f"{figure.value}% (≥{each.threshold_shown}%)"
        found[code] = State(value, figure.met, f"/v1/indicators/{each.formula.code}/values?division={DISTRICT}")
    return found, bool(tally["synthetic"])


async def _teachers(reader: Reader, on: date) -> State:
    asked = {"as_of": on, "division": DISTRICT, "kindergarten": None}
    rows = places((await reader.one(WORKFORCE, "kindergarten", **asked))[0])
    found = figures(rows, StaffingScope(), on)
    ratio = found.children_per_teacher
    known = found.preschool_children > 0
    value = f"1:{ratio}" if ratio is not None else None
    return State(value, not found.findings if known else None, "/v1/staffing-figures")


async def enter(session: AsyncSession, actor: Actor, item: str, put: UniversalEvidencePut) -> None:
    """Enter what was found about an item on a day; again on the same day, to correct it. Raises NotFound."""
    district, on = for_the_district(actor), put.found_on or today()
    asked = next((each for each in ITEMS if each["code"] == item), None)
    if asked is None:
        raise NotFound(what="item")
    faults = []
    if asked["source"] == UniversalSource.COMPUTED:
        said = "该项由系统计算,不能录入。", "The item is computed; nothing is entered for it."
        faults.append(Fault("item", "item-is-computed", *said))
    if on > today():
        faults.append(Fault("/found_on", "day-lies-ahead", "不得晚于今日。", "It is not after today."))
    refuse(faults)
    values = put.model_dump(exclude={"found_on"}) | {"entered_by": actor.id}
    key = {"item": item, "division": district, "found_on": on}
    stored = insert(UniversalEvidence).values(id=new_id(), **key, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=list(key), set_=values))
    told = {"item": item, "met": put.met, "found_on": on}
    await announce(session, ENTERED, f"plan/universal-check/{item}", division=district, data=told)
