from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, bindparam, cast, func, select

from services.quality.book_campaigns.models import BookCampaign, BookReport, BookSpotCheck
from services.quality.book_campaigns.schemas import (
    BookCampaignOut,
    BookCampaignRow,
    BookReportOut,
    BookReportRow,
    BookSpotCheckOut,
)
from services.quality.books.models import Book
from services.quality.kindergartens.models import Kindergarten
from services.quality.steps.queries import steps_of
from shared.documents import columns, one
from shared.listing import Listing

_row, _report, _place = BookCampaign.__table__, BookReport.__table__, Kindergarten.__table__
_check, _book = BookSpotCheck.__table__, Book.__table__.c
_day = bindparam("running_on", type_=Date)
CAMPAIGNS = Listing(
    "book-campaigns",
    select(*columns(_row, BookCampaignRow)),
    _row.c.id,
    {"since": _row.c.since},
    {"running_on": (_row.c.since <= _day) & (_row.c.until > _day)},
)
_operating = _place.c.status == "operating"
_mine = _report.c.campaign == _row.c.id


def _of(value: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Any:
    return select(value).where(_mine, *conditions).correlate(_row).scalar_subquery()


def _sum(column: ColumnElement[int]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(column), 0), Integer)


_reports = select(_report.c.id).where(_mine, _report.c.kindergarten == _place.c.id).correlate(_row, _place)
_houses = select(func.count()).select_from(_place).where(_operating)
_figures: dict[str, ColumnElement[Any]] = {
    "kindergartens": _houses.scalar_subquery(),
    "reported": _of(func.count()),
    "passed": _of(func.count(), _report.c.state == "passed"),
    "failed": _of(func.count(), _report.c.state == "failed"),
    "missing": _houses.where(~_reports.exists()).correlate(_row).scalar_subquery(),
    "titles_checked": _of(_sum(_report.c.titles_checked)),
    "copies_removed": _of(_sum(_report.c.copies_removed)),
    "titles_removed": select(func.count())
    .where(_book.removed_in == _row.c.id, _book.state == "removed")
    .correlate(_row)
    .scalar_subquery(),
}
CAMPAIGN = one(select(*columns(_row, BookCampaignOut, **_figures)).where(_row.c.id == bindparam("id")))
MISSING = Listing(
    "book-campaign-missing",
    select(_place.c.id.label("kindergarten"), _place.c.name.label("kindergarten_name"))
    .select_from(_place)
    .where(
        _operating,
        select(_row.c.id).where(_row.c.id == bindparam("campaign")).exists(),
        ~select(_report.c.id)
        .where(_report.c.campaign == bindparam("campaign"), _report.c.kindergarten == _place.c.id)
        .correlate(_place)
        .exists(),
    ),
    _place.c.id,
    {"kindergarten_name": _place.c.pinyin},
)
_named = {"kindergarten_name": _place.c.name}
_from = _report.join(_place, _place.c.id == _report.c.kindergarten)
REPORTS = Listing(
    "book-reports",
    select(*columns(_report, BookReportRow, **_named)).select_from(_from),
    _report.c.id,
    {"reported_on": _report.c.reported_on},
    {n: _report.c[n] == bindparam(n) for n in ("campaign", "kindergarten", "state")},
)
REPORT = one(
    select(*columns(_report, BookReportOut, **_named, steps=steps_of(_report)))
    .select_from(_from)
    .where(_report.c.id == bindparam("id"))
)
_checks = select(*columns(_check, BookSpotCheckOut, on=_check.c.on_day))
SPOT_CHECKS = Listing(
    "book-spot-checks",
    _checks,
    _check.c.id,
    {"on": _check.c.on_day},
    {
        "kindergarten": _check.c.kindergarten == bindparam("kindergarten"),
        "campaign": _check.c.campaign == bindparam("campaign"),
        "flagged": (_check.c.unreviewed > 0) == bindparam("flagged"),
    },
)
SPOT_CHECK = one(_checks.where(_check.c.id == bindparam("id")))
