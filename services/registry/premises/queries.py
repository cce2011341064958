from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Numeric,
    ScalarSelect,
    Text,
    and_,
    bindparam,
    case,
    column,
    func,
    literal_column,
    select,
    true,
)

from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus
from services.registry.premises.codes import ACTIVITY_ROOMS, AppraisalKind, PremisesMeasure
from services.registry.premises.models import Building, BuildingAppraisal, ClassToilets, Premises, PremisesRoom
from services.registry.premises.schemas import (
    AppraisalOut,
    BuildingOut,
    BuildingRow,
    ClassToiletsRow,
    PremisesCondition,
    PremisesGrounds,
    PremisesRoomOut,
)
from shared.documents import among, columns, listed, many, one
from shared.listing import Listing
from shared.tables import FOREVER

_day, _soon = bindparam("as_of", type_=Date), bindparam("soon", type_=Date)
_k = Kindergarten.__table__.c
_b, _r, _a = Building.__table__, PremisesRoom.__table__, BuildingAppraisal.__table__
GROUP_FROM = date(2017, 1, 1)


def _in_use(table: FromClause) -> ColumnElement[bool]:
    return (table.c.since <= _day) & (table.c.until > _day)


def _appraised(kind: AppraisalKind) -> ScalarSelect[Any]:
    """Where the latest appraisal of that kind stands on the day; the last day of validity is still valid."""
    it = _a.c
    state = case(
        (~it.passed, literal_column("'failed'", Text)),
        (it.valid_until < _day, literal_column("'expired'", Text)),
        (it.valid_until < _soon, literal_column("'expiring'", Text)),
        else_=literal_column("'valid'", Text),
    )
    latest = (
        select(state)
        .where(it.building == _b.c.id, it.kind == literal_column(f"'{kind.value}'"), it.appraised_on <= _day)
        .order_by(it.appraised_on.desc(), it.id.desc())
        .limit(1)
        .correlate(_b)
        .scalar_subquery()
    )
    return func.coalesce(latest, literal_column("'missing'", Text))  # type: ignore[return-value]  # stands as a column


_seismic, _fire = _appraised(AppraisalKind.SEISMIC), _appraised(AppraisalKind.FIRE)
_of_building = {
    "kindergarten_name": _k.name,
    "area": _b.c.area.cast(Text),
    "until": func.nullif(_b.c.until, FOREVER),
    "seismic": _seismic,
    "fire": _fire,
}
_buildings = _b.join(Kindergarten.__table__, _k.id == _b.c.kindergarten)
BUILDINGS = Listing(
    "buildings",
    select(*columns(_b, BuildingRow, **_of_building)).select_from(_buildings).where(_in_use(_b)),
    _b.c.id,
    {"name": _k.pinyin},
    {
        "kindergarten": _b.c.kindergarten == bindparam("kindergarten"),
        "division": _b.c.division.bool_op("^@")(bindparam("division")),
        "campus": _b.c.campus == bindparam("campus"),
        "structure": _b.c.structure == bindparam("structure"),
        "seismic": _seismic == bindparam("seismic"),
        "fire": _fire == bindparam("fire"),
        "built_before": _b.c.built_year < bindparam("built_before"),
        "synthetic": _b.c.synthetic == bindparam("synthetic"),
    },
)
_of_room = {"area": _r.c.area.cast(Text), "until": func.nullif(_r.c.until, FOREVER)}
_rooms = select(*columns(_r, PremisesRoomOut, **_of_room))
ROOMS = Listing(
    "rooms",
    _rooms.where(_in_use(_r)),
    _r.c.id,
    {"recorded": _r.c.id},
    {
        "kindergarten": _r.c.kindergarten == bindparam("kindergarten"),
        "division": _r.c.division.bool_op("^@")(bindparam("division")),
        "building": _r.c.building == bindparam("building"),
        "kind": _r.c.kind == bindparam("kind"),
        "class_id": _r.c.class_id == bindparam("class_id"),
        "for_nursery": _r.c.for_nursery == bindparam("for_nursery"),
    },
)
ROOM = one(_rooms.where(_r.c.id == bindparam("id")), column("version"))
_appraisals = (
    select(*columns(_a, AppraisalOut))
    .where(_a.c.building == _b.c.id)
    .order_by(_a.c.appraised_on.desc(), _a.c.id.desc())
    .correlate(_b)
)
_rooms_there = _rooms.where(_r.c.building == _b.c.id, _in_use(_r)).order_by(_r.c.name, _r.c.id).correlate(_b)
BUILDING = one(
    select(*columns(_b, BuildingOut, **_of_building, appraisals=listed(_appraisals), rooms=listed(_rooms_there)))
    .select_from(_buildings)
    .where(_b.c.id == bindparam("id")),
    column("version"),
)

_c, _t = Class.__table__, ClassToilets.__table__
_toilets = select(
    *columns(
        _t,
        ClassToiletsRow,
        class_id=_c.c.id,
        class_name=_c.c.name,
        kind=_c.c.kind,
        kindergarten=_c.c.kindergarten,
        division=_c.c.division,
        kindergarten_name=_k.name,
    )
).select_from(_c.join(Kindergarten.__table__, _k.id == _c.c.kindergarten).outerjoin(_t, _t.c.class_id == _c.c.id))
TOILETS = Listing(
    "class-toilets",
    _toilets.where(_in_use(_c)),
    _c.c.id,
    {"name": _k.pinyin},
    {
        "kindergarten": _c.c.kindergarten == bindparam("kindergarten"),
        "division": _c.c.division.bool_op("^@")(bindparam("division")),
        "kind": _c.c.kind == bindparam("kind"),
        "arrangement": _t.c.arrangement == bindparam("arrangement"),
        "known": _t.c.class_id.is_not(None) == bindparam("known"),
    },
)
CLASS_TOILETS = one(_toilets.where(_c.c.id == bindparam("id")))

_p, _s = Premises.__table__, KindergartenStatus.__table__
GROUNDS = one(
    select(
        *columns(
            _p,
            PremisesGrounds,
            site_area=_p.c.site_area.cast(Text),
            outdoor_area=_p.c.outdoor_area.cast(Text),
        )
    ).where(_p.c.kindergarten == bindparam("id"), _p.c.since == bindparam("since", type_=Date))
)

# A kindergarten that operates on the day, measured. Nursery classes and their rooms count for no child of 3 to 6.
_grounds = (
    select(_p.c.planned_on, _p.c.outdoor_area, _p.c.site_area, _p.c.since)
    .where(_p.c.kindergarten == _k.id, _p.c.since <= _day)
    .order_by(_p.c.since.desc())
    .limit(1)
    .lateral("grounds")
)
_e = Enrolment.__table__
_size = (
    select(func.count()).where(_e.c.class_id == _c.c.id, _e.c.since <= _day, _e.c.until > _day).correlate(_c)
).scalar_subquery()
_each_class = (
    select(
        (_c.c.kind == literal_column("'nursery'")).label("nursery"),
        _size.label("children"),
        _c.c.standard_size,
        among(_t.c.arrangement, ("separate", "time_shared")).label("arranged"),
    )
    .select_from(_c.outerjoin(_t, _t.c.class_id == _c.c.id))
    .where(_c.c.kindergarten == _k.id, _in_use(_c))
    .correlate(Kindergarten.__table__)
    .subquery("each_class")
)
_in = _each_class.c
_older = ~_in.nursery
_counted = (
    select(
        func.coalesce(func.sum(_in.children).filter(_older), 0).cast(Integer).label("children"),
        func.coalesce(func.sum(_in.children).filter(_in.nursery), 0).cast(Integer).label("nursery_children"),
        func.count().filter(_older).label("classes"),
        func.count()
        .filter(_older & (_in.children <= _in.standard_size + bindparam("tolerance", type_=Integer)))
        .label("classes_within"),
        func.count().filter(_in.arranged).label("toilets_arranged"),
    )
    .select_from(_each_class)
    .lateral("counted")
)
_built = (
    select(
        func.sum(_b.c.area).label("building_area"),
        func.count()
        .filter(among(_seismic, ("missing", "expired", "failed")) | among(_fire, ("missing", "expired", "failed")))
        .label("appraisals_lacking"),
    )
    .select_from(_b)
    .where(_b.c.kindergarten == _k.id, _in_use(_b))
    .lateral("built")
)
_activity = (
    select(func.sum(_r.c.area))
    .where(
        _r.c.kindergarten == _k.id, _in_use(_r), ~_r.c.for_nursery, among(_r.c.kind, (e.value for e in ACTIVITY_ROOMS))
    )
    .correlate(Kindergarten.__table__)
    .scalar_subquery()
)
_areas: dict[str, Any] = {
    "outdoor": _grounds.c.outdoor_area,
    "activity": _activity,
    "building": _built.c.building_area,
}
_children = func.nullif(_counted.c.children, 0)
# Compared unrounded; null while the area is not on record or nobody is there.
_met = {each.value: _areas[each.value] >= bindparam(each.value, type_=Numeric) * _children for each in PremisesMeasure}
_all_met = and_(*_met.values())
_group = case(
    (
        func.coalesce(_grounds.c.planned_on, _k.opened_on) >= literal_column(f"DATE '{GROUP_FROM}'", Date),
        literal_column("'from_2017'", Text),
    ),
    else_=literal_column("'before_2017'", Text),
)
_measured = {
    "kindergarten": _k.id,
    "kindergarten_name": _k.name,
    "group": _group,
    **{f"{name}_area": area.cast(Text) for name, area in _areas.items()},
    **{f"{name}_per_child": func.round(area / _children, 2).cast(Text) for name, area in _areas.items()},
    **{f"{name}_met": met for name, met in _met.items()},
    "met": _all_met,
    **{each.key: each for each in _counted.c},
    "appraisals_lacking": _built.c.appraisals_lacking,
}
_operating = (
    Kindergarten.__table__.join(
        _s,
        (_s.c.kindergarten == _k.id) & _in_use(_s) & (_s.c.status == literal_column("'operating'")),
    )
    .outerjoin(_grounds, true())
    .join(_counted, true())
    .join(_built, true())
)
_conditions = select(*columns(Kindergarten.__table__, PremisesCondition, **_measured)).select_from(_operating)
CONDITIONS = Listing(
    "premises-conditions",
    _conditions,
    _k.id,
    {"name": _k.pinyin},
    {
        "kindergarten": _k.id == bindparam("kindergarten"),
        "division": _k.division.bool_op("^@")(bindparam("division")),
        "group": _group == bindparam("group"),
        "met": _all_met == bindparam("met"),
        "known": _all_met.is_not(None) == bindparam("known"),
        "synthetic": _k.synthetic == bindparam("synthetic"),
    },
)
_within = bindparam("division", "", type_=Text)
ALL_CONDITIONS = many(_conditions.where(_k.division.bool_op("^@")(_within)))
_kinds = (
    select(
        _c.c.kind,
        func.count().label("classes"),
        *(
            func.count().filter(among(_t.c.arrangement, (name,))).label(name)
            for name in ("separate", "time_shared", "none")
        ),
        func.count().filter(_t.c.class_id.is_(None)).label("unknown"),
    )
    .select_from(
        _c.join(
            _s,
            (_s.c.kindergarten == _c.c.kindergarten) & _in_use(_s) & (_s.c.status == literal_column("'operating'")),
        ).outerjoin(_t, _t.c.class_id == _c.c.id)
    )
    .where(_in_use(_c), _c.c.division.bool_op("^@")(_within))
    .group_by(_c.c.kind)
    .order_by(_c.c.kind)
)
TOILET_PROGRESS = many(_kinds)
_mine = _k.id == bindparam("id")
PREMISES = one(
    select(
        _k.id.label("kindergarten"),
        _day.label("as_of"),
        _grounds.c.since,
        _grounds.c.planned_on,
        _grounds.c.site_area.cast(Text).label("site_area"),
        _grounds.c.outdoor_area.cast(Text).label("outdoor_area"),
        listed(
            select(*columns(_b, BuildingRow, **_of_building))
            .select_from(_b)
            .where(_b.c.kindergarten == _k.id, _in_use(_b))
            .order_by(_b.c.name, _b.c.id)
            .correlate(Kindergarten.__table__)
        ).label("buildings"),
        listed(
            _rooms.where(_r.c.kindergarten == _k.id, _in_use(_r))
            .order_by(_r.c.name, _r.c.id)
            .correlate(Kindergarten.__table__)
        ).label("rooms"),
    )
    .select_from(Kindergarten.__table__.outerjoin(_grounds, true()))
    .where(_mine)
)
MY_TOILETS = many(_toilets.where(_c.c.kindergarten == bindparam("id"), _in_use(_c)).order_by(_c.c.pinyin, _c.c.id))
MY_CONDITION = one(_conditions.where(_mine))
