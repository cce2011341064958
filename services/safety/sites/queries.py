from sqlalchemy import Date, Integer, Text, bindparam, func, select

from services.safety.kindergartens.models import Kindergarten
from services.safety.sites.models import Sighting, Site, Sweep
from services.safety.sites.rules import ACTING, OPEN
from services.safety.sites.schemas import SightingOut, SiteOut, SiteRow, SweepOut
from services.safety.steps.queries import steps_of
from shared.db import Query
from shared.documents import among, columns, listed, one
from shared.listing import Listing

_site, _seen, _sweep = Site.__table__.alias("s"), Sighting.__table__.alias("g"), Sweep.__table__
_row = _site.c
_open = among(_row.state, OPEN)
_within = _row.division.bool_op("^@")(bindparam("division"))

SITES = Listing(
    "sites",
    select(*columns(_site, SiteRow)),
    _row.id,
    {"found_on": _row.found_on},
    {
        "division": _within,
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "open": _open == bindparam("open"),
    },
)
_sightings = (
    select(*columns(_seen, SightingOut)).where(_seen.c.site == _row.id).correlate(_site).order_by(_seen.c.reported_at)
)
SITE = one(
    select(*columns(_site, SiteOut, seen=listed(_sightings), steps=steps_of(_site, _row.id))).where(
        _row.id == bindparam("id")
    )
)
SWEEPS = Listing(
    "sweeps",
    select(*columns(_sweep, SweepOut)),
    _sweep.c.id,
    {"swept_on": _sweep.c.swept_on},
    {"division": _sweep.c.division.bool_op("^@")(bindparam("division"))},
)
SWEEP = one(select(*columns(_sweep, SweepOut)).where(_sweep.c.id == bindparam("id")))

_today = bindparam("today", type_=Date)
_days = func.greatest(_today - _row.found_on, 0).cast(Integer)
_counted = _open & _within & (_row.kind == bindparam("kind", type_=Text))
_cases = (
    select(_row.id, _row.division, _row.address, _row.state, _days.label("days_open"))
    .where(_counted)
    .order_by(_row.found_on, _row.id)
)
ZERO = one(
    select(
        bindparam("kind", type_=Text).label("kind"),
        func.count().label("open"),
        (func.count() == 0).label("zero"),
        func.coalesce(func.sum(func.greatest(_row.children - _row.resettled, 0)), 0).label("children"),
        func.max(_days).label("oldest_days"),
        listed(_cases.correlate(None)).label("cases"),
    ).where(_counted)
)
RECEIPT = Query(
    select(_seen.c.receipt, _seen.c.reported_at, _row.state)
    .select_from(_seen.join(_site, _row.id == _seen.c.site))
    .where(_seen.c.receipt == bindparam("receipt"))
)
_place = Kindergarten.__table__.c
LICENSED = Query(select(func.array_agg(_place.name)).where(_place.status == "operating"))
UNLICENSED = Query(
    select(func.array_agg(_row.address_key + "|" + _row.name)).where(
        among(_row.state, ACTING), _row.kind == "unlicensed"
    )
)
