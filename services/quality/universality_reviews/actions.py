"""Opening a review, entering what the system cannot draw, confirming it with the figures of that moment."""

import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.quality import data
from services.quality.steps.actions import holding, record
from services.quality.universality_reviews.models import UniversalityReview, UniversalityValue
from services.quality.universality_reviews.queries import FACTS, REVIEW
from services.quality.universality_reviews.rules import MACHINE, Indicator, IndicatorsUnanswered, gap, is_met
from services.quality.universality_reviews.schemas import UniversalityEntry, UniversalityReviewNew
from shared.auth import Actor
from shared.days import today
from shared.documents import written
from shared.errors import InvalidInput, NotFound
from shared.ids import new_id

INDICATORS = tuple(Indicator.read(row) for row in data.rows("universality_indicators"))
NAMED = {each.code: each for each in INDICATORS}


async def open_review(session: AsyncSession, actor: Actor, new: UniversalityReviewNew) -> UUID:
    """Raises NotFound, one_review_a_year."""
    if not actor.divisions:
        raise NotFound(what="division")
    made = UniversalityReview(id=new_id(), division=min(actor.divisions, key=len), year=new.year, state="draft")
    made.opened_by, made.opened_on = actor.id, today()
    session.add(made)
    await session.flush()
    return made.id


_held = holding(UniversalityReview, MACHINE, "universality review")


async def _step(session: AsyncSession, actor: Actor, review: UniversalityReview, verb: str, note: str) -> None:
    await record(session, actor, "universality_review", review, verb, MACHINE[verb], note=note)


async def enter(session: AsyncSession, actor: Actor, id: UUID, asked: UniversalityEntry) -> None:
    """Say what is known of an indicator; said again, it is replaced."""
    review = await _held(session, actor, id, "enter")
    indicator = NAMED.get(asked.code)
    if indicator is None:
        raise InvalidInput(reason_zh="没有此指标。", reason_en="there is no such indicator.", pointer="/code")
    if asked.value is not None and indicator.threshold is None:
        raise InvalidInput(reason_zh="该指标按材料认定。", reason_en="it is stated, not counted.", pointer="/value")
    if asked.stated is not None and indicator.threshold is not None:
        raise InvalidInput(reason_zh="该指标按数值判定。", reason_en="it is counted, not stated.", pointer="/stated")
    found = await session.get(UniversalityValue, (id, asked.code))
    if found is None:
        found = UniversalityValue(review=id, code=asked.code, division=review.division)
        session.add(found)
    for name, value in asked.model_dump(exclude={"code"}).items():
        setattr(found, name, value)
    found.entered_by = actor.id
    await session.flush()
    await _step(session, actor, review, "enter", asked.code)


async def confirm(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Another person confirms; the figures stay as they are at this moment. Raises IndicatorsUnanswered."""
    review = await _held(session, actor, id, "confirm")
    facts = json.loads(await written(session, FACTS, division=review.division, year=review.year))
    shown = json.loads(await written(session, REVIEW, id=id))
    rows = indicator_rows(shown["values"], facts)
    if missing := [each["code"] for each in rows if each["met"] is None]:
        raise IndicatorsUnanswered(codes=", ".join(missing))
    review.facts, review.state, review.confirmed_by, review.confirmed_on = facts, "confirmed", actor.id, today()
    await _step(session, actor, review, "confirm", note)


async def reopen(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    review = await _held(session, actor, id, "reopen")
    review.facts, review.state, review.confirmed_by, review.confirmed_on = {}, "draft", None, None
    await _step(session, actor, review, "reopen", note)


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None


def drawn(indicator: Indicator, facts: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """The figure the system has, and where it is from."""
    if frozen := facts["frozen"].get(indicator.drawn):
        value = Decimal(frozen["value"]) if frozen["value"] is not None else None
        return value, f"定格指标 {frozen['id']}({frozen['as_of']})"
    counted: dict[str, tuple[Decimal | None, str]] = {
        "towns_without_public": (
            Decimal(facts["towns_without_public"]) if facts["operating"] else None,
            f"在办幼儿园 {facts['operating']} 所,按镇乡街道统计",
        ),
        "inspected_share": (
            _share(facts["inspected"], facts["operating"]),
            f"已作年检结论 {facts['inspected']}/{facts['operating']}",
        ),
        "qualified_share": (
            _share(facts["qualified"], facts["graded"]),
            f"评估合格 {facts['qualified']}/{facts['graded']}",
        ),
        "primary_style_findings": (
            Decimal(facts["primary_style_findings"]) if facts["checks"] else None,
            f"当年检查 {facts['checks']} 次",
        ),
    }
    return counted.get(indicator.drawn, (None, ""))


def indicator_rows(values: list[dict[str, Any]], facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every indicator as it stands: a figure of the system goes before one that was entered."""
    said = {each["code"]: each for each in values}
    nothing: dict[str, Any] = {
        "value": None,
        "stated": None,
        "evidence": [],
        "note": "",
        "responsible": "",
        "measure": "",
        "due_on": None,
    }
    rows = []
    for each in INDICATORS:
        entered = said.get(each.code, nothing)
        value, source = drawn(each, facts)
        origin = "drawn" if value is not None else "missing"
        if value is None and entered["value"] is not None:
            value, origin = Decimal(entered["value"]), "entered"
        if each.threshold is None and entered["stated"] is not None:
            origin = "entered"
        met = is_met(each, value, entered["stated"])
        late = bool(entered["due_on"] and entered["due_on"] < today().isoformat() and met is not True)
        row = {name: getattr(each, name) for name in ("code", "area", "name", "rule", "unit", "basis", "tag")}
        row |= {name: entered[name] for name in nothing if name != "value"}
        row |= {"threshold": _said(each.threshold), "value": _said(value), "gap": _said(gap(each, value))}
        rows.append(row | {"origin": origin, "source": source, "met": met, "overdue": late})
    return rows


def _said(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
