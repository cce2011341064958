"""The institutions of the demonstration district: kindergartens, campuses, groups, dated types and statuses."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from uuid import UUID

from services.registry import data
from services.registry.classes.codes import ClassKind
from services.registry.kindergartens.codes import Relation, Status, Type
from services.registry.seed.layout import Plot, villages
from services.registry.seed.numbers import Numbers
from services.registry.seed.rows import Campus, Group, Kindergarten, StatusFact, TypeFact
from shared.tables import FOREVER

FOUNDERS = {
    "831": "怀柔区教育委员会（演示）",
    "891": "区属国有企业（演示）",
    "892": "市属事业单位（演示）",
    "893": "驻区部队（演示）",
    "894": "村民委员会（演示）",
    "999": "个人或社会组织（演示）",
}
DISTRICT = "110116"
GROUPS = {"g1": "启明教育集团（演示）", "g2": "金色年华教育集团（演示）"}
ORDINARY, MINORITY, ATTACHED = "111", "112", "119"  # 办学类型码
SEATS = {  # 班额 of 幼儿园工作规程 art. 11, for the seats the invented licences grant
    ClassKind.SMALL: 25,
    ClassKind.MIDDLE: 30,
    ClassKind.LARGE: 35,
    ClassKind.MIXED: 30,
    ClassKind.NURSERY: 20,
}
FIRST_LICENCE_DAYS, LAST_LICENCE_DAYS = 200, 1500  # beyond every warning, unless a fault is planted


@dataclass(slots=True)
class Institutions:
    """Kindergartens by plot and everything that belongs to them."""

    plots: dict[UUID, Plot] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    kindergartens: list[Kindergarten] = field(default_factory=list)
    campuses: list[Campus] = field(default_factory=list)
    types: list[TypeFact] = field(default_factory=list)
    statuses: list[StatusFact] = field(default_factory=list)


def found(plots: list[Plot], numbers: Numbers, rng: Random, on: date, year: int) -> Institutions:
    """All kindergartens with their history; `year` is the current school year."""
    made = Institutions(
        groups=[Group(numbers.id("group"), DISTRICT, name, date(2010, 9, 1)) for name in GROUPS.values()]
    )
    groups = dict(zip(GROUPS, (group.id for group in made.groups), strict=True))
    places = villages()
    ids: dict[str, UUID] = {}
    for plot in plots:
        new = _kindergarten(plot, numbers, rng, on, year, places)
        new = _linked(new, plot, ids.get(plot.parent), groups.get(plot.group))
        ids[plot.stem] = new.id
        made.plots[new.id] = plot
        made.kindergartens.append(new)
        made.campuses += _campuses(new, plot, numbers, rng, places)
        made.types += _types(new, plot, numbers, year)
        made.statuses += _statuses(new, plot, numbers, year)
    return made


def _kindergarten(
    plot: Plot, numbers: Numbers, rng: Random, on: date, year: int, places: dict[str, list[tuple[str, str]]]
) -> Kindergarten:
    division, address = _address(plot.town, plot.town_name, rng, places)
    opened = date(year - 1, 9, 1) if plot.history == "opened" else date(rng.randint(1996, 2016), 9, 1)
    licence_until = on + timedelta(days=rng.randint(FIRST_LICENCE_DAYS, LAST_LICENCE_DAYS))
    licence_since = max(opened, licence_until - timedelta(days=5 * 365))
    key = numbers.id("kindergarten")
    latitude, longitude = _near(plot.town, key)
    return Kindergarten(
        id=key,
        division=division,
        name=_name(plot),
        short_name=f"{plot.stem}（演示）",
        school_code=None if plot.host else numbers.school_code(),
        school_type=_school_type(plot),
        credit_code=numbers.credit_code(_register(plot)) if plot.is_legal_person else None,
        founder=FOUNDERS[plot.founder_code],
        founder_code=plot.founder_code,
        for_profit=plot.for_profit,
        parent=None,
        relation=_relation(plot),
        host_school=f"怀柔区{plot.town_name}{plot.host}（演示）" if plot.host else None,
        group_id=None,
        licence_number=numbers.licence(licence_since.year),
        licence_issued_on=licence_since,
        licence_expires_on=licence_until,
        opened_on=opened,
        address=address,
        phone=numbers.landline(),
        urban_rural_code=plot.urban_rural_code,
        latitude=latitude,
        longitude=longitude,
        town_centre=plot.role == "centre",
        village_level=plot.role == "village",
        licensed_seats=sum(SEATS[kind] * count for kind, count in plot.classes.items()),
    )


@cache
def _seats() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in data.rows("divisions")}


def _near(town: str, key: UUID) -> tuple[float | None, float | None]:
    """A made-up point within two kilometres of the town's seat; none where no seat is known."""
    seat = _seats()[town]
    if not seat["latitude"]:
        return None, None
    north, east = (((key.int >> shift) % 3001 - 1500) / 100_000 for shift in (16, 40))
    return round(float(seat["latitude"]) + north, 5), round(float(seat["longitude"]) + east, 5)


def _linked(new: Kindergarten, plot: Plot, parent: UUID | None, group: UUID | None) -> Kindergarten:
    if plot.parent and parent is None:
        raise LookupError(f"{plot.stem} stands before its parent {plot.parent} in the layout.")
    return replace(new, parent=parent, group_id=group)


def _name(plot: Plot) -> str:
    if plot.host:
        return f"怀柔区{plot.town_name}{plot.stem}（演示）"
    if plot.parent:
        return f"怀柔区{plot.town_name}{plot.parent}幼儿园分园（演示）"
    return f"怀柔区{plot.town_name}{plot.stem}{'中心' if plot.role == 'centre' else ''}幼儿园（演示）"


def _register(plot: Plot) -> str:
    """First two characters of the credit code: 事业单位 12, 民办非企业单位 52, company 91."""
    if plot.for_profit:
        return "91"
    return "52" if plot.founder_code in {"891", "894", "999"} else "12"


def _relation(plot: Plot) -> Relation | None:
    if plot.host:
        return Relation.ATTACHED
    return Relation.BRANCH if plot.parent else None


def _school_type(plot: Plot) -> str:
    if plot.host:
        return ATTACHED
    return MINORITY if plot.minority else ORDINARY


def _address(town: str, town_name: str, rng: Random, places: dict[str, list[tuple[str, str]]]) -> tuple[str, str]:
    code, name = rng.choice(places[town])
    return (
        code,
        f"北京市怀柔区{town_name}{name.removesuffix('居委会').removesuffix('村委会')}{rng.randint(1, 200)}号（演示）",
    )


def _campuses(
    owner: Kindergarten, plot: Plot, numbers: Numbers, rng: Random, places: dict[str, list[tuple[str, str]]]
) -> list[Campus]:
    made = []
    for number in range(2, plot.campuses + 1):
        _, address = _address(plot.town, plot.town_name, rng, places)
        name = f"第{number}园址（演示）"
        made.append(Campus(numbers.id("campus"), owner.id, owner.division, name, address, owner.opened_on))
    return made


def _types(owner: Kindergarten, plot: Plot, numbers: Numbers, year: int) -> list[TypeFact]:
    """One 非普惠 became 普惠 with last school year, one 普惠 was withdrawn on 1 March of this one's start."""
    turns = {
        "recognised": (Type.PRIVATE, date(year - 1, 9, 1)),
        "withdrawn": (Type.INCLUSIVE_PRIVATE, date(year, 3, 1)),
    }
    first = f"演示〔{owner.opened_on.year}〕1号"
    if plot.history not in turns:
        return [TypeFact(numbers.id("type"), owner.id, owner.division, plot.type, owner.opened_on, FOREVER, first)]
    before, day = turns[plot.history]
    return [
        TypeFact(numbers.id("type"), owner.id, owner.division, before, owner.opened_on, day, first),
        TypeFact(numbers.id("type"), owner.id, owner.division, plot.type, day, FOREVER, f"演示〔{day.year}〕2号"),
    ]


def _statuses(owner: Kindergarten, plot: Plot, numbers: Numbers, year: int) -> list[StatusFact]:
    steps: list[tuple[Status, date, str]] = [(Status.OPERATING, owner.opened_on, "取得办学许可证开园（演示）")]
    if plot.history == "opened":
        steps[:0] = [
            (Status.PROPOSED, date(year - 3, 10, 9), "小区配套园立项（演示）"),
            (Status.PREPARING, date(year - 2, 3, 4), "批准筹设（演示）"),
        ]
    if plot.history == "reopened":
        steps += [
            (Status.SUSPENDED, suspension(year), "园舍加固暂停办园（演示）"),
            (Status.OPERATING, date(year - 1, 9, 1), "验收合格恢复办园（演示）"),
        ]
    ends = [since for _, since, _ in steps[1:]]
    return [
        StatusFact(numbers.id("status"), owner.id, owner.division, status, since, until, reason)
        for (status, since, reason), until in zip(steps, [*ends, FOREVER], strict=True)
    ]


def suspension(year: int) -> date:
    """The day on which the reopened kindergarten had stopped, in the first of the three school years."""
    return date(year - 1, 2, 10)
