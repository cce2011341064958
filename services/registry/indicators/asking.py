"""What a caller asks for: which indicator, of which place, on which days and basis; and why it may be refused."""

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from services.registry.indicators import queries
from services.registry.indicators.codes import Breakdown, Kind, Step
from services.registry.indicators.definitions import Definition, Formula, ParameterOutOfRange, ParameterUnknown
from services.registry.indicators.schemas import Basis, Where
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.errors import DomainError, InvalidInput, NotFound

POINTS = 400


class PlaceNeeded(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "请说明统计哪个区划或幼儿园。"
    en = "Say of which division or kindergarten."
    hint_zh = "您的管理范围不止一处,请用 division 或 kindergarten 指定其一。"
    hint_en = "Your scope is more than one place: name one by division or kindergarten."


class IndicatorNeedsAnArea(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "指标 {indicator} 不能这样细分。"
    en = "The indicator {indicator} cannot be divided in this way."
    hint_zh = "人口只按镇乡街道统计,这类指标可按区划、片区或镇乡街道计算。"
    hint_en = "People are counted by town: ask for a division, a zone, or by town."


class TooManyPoints(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "时间序列最多 {most} 个点。"
    en = "A series has at most {most} points."
    hint_zh = "请缩短起止日期,或改用更大的步长。"
    hint_en = "Ask for a shorter period or a longer step."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be answered: the formula, and the place.

    `division` narrows what is counted and is empty for a kindergarten alone; `area` is the division it lies in.
    """

    formula: Formula
    by: Breakdown
    division: str
    zone: str | None
    kindergarten: UUID | None
    area: str
    name: str

    @property
    def narrowed(self) -> dict[str, bool]:
        return {"zone": self.zone is not None, "kindergarten": self.kindergarten is not None}

    def binds(self, *days: date) -> dict[str, Any]:
        """Everything the SELECT needs."""
        place = {"division": self.division, "zone": self.zone, "kindergarten": self.kindergarten}
        return (
            place | {"area": self.area, "name": self.name} | {"days": list(days), "first": min(days), "last": max(days)}
        )


def covers(actor: Actor, division: str) -> bool:
    """Whether all of the division is in the caller's scope."""
    return any(division.startswith(scope) for scope in actor.divisions)


def place_of(actor: Actor, where: Where) -> tuple[str, UUID | None]:
    """Division prefix and kindergarten the question is about.

    Raises NotFound for a division that is not wholly the caller's (its figure would be a part of it that looks like
    the whole), PlaceNeeded when nothing is said and the caller has more than one place.
    """
    if where.division is not None:
        if not covers(actor, where.division):
            raise NotFound(what="division")
        return where.division, where.kindergarten
    if where.kindergarten is not None:
        return "", where.kindergarten
    if len(actor.divisions) == 1 and not actor.kindergartens:
        return actor.divisions[0], None
    if len(actor.kindergartens) == 1 and not actor.divisions:
        return "", actor.kindergartens[0]
    raise PlaceNeeded(pointer="division")


async def asked(
    reader: Reader,
    code: str,
    where: Where,
    basis: Basis,
    *,
    as_of: date | None = None,
    version: int | None = None,
    by: Breakdown = Breakdown.WHOLE,
) -> Asked:
    """Find the definition and the place. Raises NotFound, InvalidInput, PlaceNeeded, IndicatorNeedsAnArea."""
    division, kindergarten = place_of(reader.actor, where)
    definition, place, called, located = await reader.one(
        queries.ASKED,
        "indicator",
        code=code,
        version=version,
        as_of=as_of or today(),
        division=division,
        kindergarten=kindergarten,
    )
    if definition is None:
        raise NotFound(what="indicator")
    if (division and place is None) or (kindergarten and called is None):
        raise NotFound(what="division" if division and place is None else "kindergarten")
    formula = chosen(Definition.read(definition), basis)
    if formula.kind is Kind.DISTRIBUTION and by is Breakdown.WHOLE:
        by = Breakdown.CLASS_KIND
    if by in formula.undivided or (kindergarten and formula.needs_an_area):
        raise IndicatorNeedsAnArea(indicator=code, pointer="kindergarten" if kindergarten else "by")
    zone = where.zone.value if where.zone else None
    return Asked(formula, by, division, zone, kindergarten, division or located, str(called or place))


def chosen(definition: Definition, basis: Basis) -> Formula:
    """The formula on the basis asked for; a basis the indicator does not have is refused, never ignored."""
    given = {name: str(value) for name in Basis.model_fields if (value := getattr(basis, name)) is not None}
    try:
        return definition.formula(given)
    except (ParameterUnknown, ParameterOutOfRange) as error:
        name = str(error.args[0])
        raise InvalidInput(
            reason_zh=f"指标 {definition.code} 没有参数 {name} 或不接受该值。",
            reason_en=f"the indicator {definition.code} has no parameter {name}, or it does not take this value.",
            pointer=name,
        ) from error


def series(since: date, until: date, step: Step) -> list[date]:
    """The days of a series, in order. Raises TooManyPoints, InvalidInput."""
    if until < since:
        raise InvalidInput(reason_zh="截止日期早于起始日期。", reason_en="it ends before it begins.", pointer="until")
    if step is Step.DAY:
        days = [since + timedelta(n) for n in range(min((until - since).days, POINTS) + 1)]
    elif step is Step.MONTH:
        months = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
        days = [day for month in months if since <= (day := date(month // 12, month % 12 + 1, 1)) <= until]
    else:
        days = [day for year in range(since.year, until.year + 1) if since <= (day := same_day(until, year)) <= until]
    if len(days) > POINTS:
        raise TooManyPoints(most=POINTS, pointer="since")
    if not days:
        raise InvalidInput(
            reason_zh="期间内没有该步长的日期。", reason_en="the period holds no day of this step.", pointer="since"
        )
    return days


def same_day(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th where there is none."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
