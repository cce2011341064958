from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Text, and_, bindparam, case, func, literal_column, or_, select

from services.registry.classes.codes import ClassKind
from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.filings.models import Filing
from services.registry.filings.schemas import FilingChanges, FilingOut, FilingRow, FilingStandingRow
from services.registry.founders.models import Founder
from services.registry.founders.rules import PUBLIC_ASSETS
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus, KindergartenType
from services.registry.licences.models import LicenceApplication
from services.registry.licences.queries import LAST_ACT
from services.registry.publications.models import Publication, PublicationDuty
from services.registry.recognitions.models import Recognition
from services.registry.steps.queries import steps_of
from shared.db import Query
from shared.documents import columns, one
from shared.listing import Listing

_row, _k = Filing.__table__.c, Kindergarten.__table__.c
_day = bindparam("as_of", type_=Date)
_false: ColumnElement[bool] = literal_column("false")


def _word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", Text)


_overdue = and_(_row.state == _word("proposed"), _row.answer_due_on < _day)
_key: ColumnElement[str] = func.jsonb_object_keys(_row.changes).column_valued("field")
_fields = func.array(select(_key).order_by(_key).correlate(Filing.__table__).scalar_subquery())
_special: dict[str, Any] = {"kindergarten_name": _k.name, "overdue": _overdue, "fields": _fields}
_from = Filing.__table__.join(Kindergarten.__table__, _k.id == _row.kindergarten)
FILINGS = Listing(
    "filings",
    select(*columns(Filing.__table__, FilingRow, **_special)).select_from(_from),
    _row.id,
    {"proposed_on": _row.proposed_on, "answer_due_on": _row.answer_due_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "field": _row.changes.has_key(bindparam("field", type_=Text)),
        "late": _row.late == bindparam("late"),
        "overdue": _overdue == bindparam("overdue"),
        "due_before": _row.answer_due_on < bindparam("due_before", type_=Date),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)
# With what the answer is made of: what was there, what is proposed, what the decision was made on.
FILING = one(
    select(
        *columns(Filing.__table__, FilingOut, **_special, steps=steps_of(Filing.__table__), effects=_row.basis),
        _row.base,
        _row.changes,
    )
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)


def _on(table: type[KindergartenType | KindergartenStatus], column: str) -> ColumnElement[Any]:
    held = (table.kindergarten == _k.id) & (table.since <= _day) & (table.until > _day)
    return select(getattr(table, column)).where(held).correlate(Kindergarten.__table__).scalar_subquery()


_children = (
    select(func.count())
    .select_from(Enrolment)
    .join(Class, Class.id == Enrolment.class_id)
    .where(
        Enrolment.kindergarten == _k.id,
        Enrolment.since <= _day,
        Enrolment.until > _day,
        Class.kind != literal_column(f"'{ClassKind.NURSERY.value}'"),
    )
    .correlate(Kindergarten.__table__)
    .scalar_subquery()
)
_agreed = (
    select(Recognition.agreed_fee.cast(Text))
    .where(
        Recognition.kindergarten == _k.id,
        or_(*(Recognition.state == _word(each) for each in ("granted", "leaving", "withdrawn"))),
        Recognition.since <= _day,
        func.coalesce(Recognition.ended_on, Recognition.until) > _day,
    )
    .limit(1)
    .correlate(Kindergarten.__table__)
    .scalar_subquery()
)
_period = func.json_build_array(KindergartenType.type, KindergartenType.since, KindergartenType.until)
_types = (
    select(func.coalesce(func.json_agg(_period), literal_column("'[]'::json")))
    .where(KindergartenType.kindergarten == _k.id)
    .correlate(Kindergarten.__table__)
    .scalar_subquery()
)
_public_assets = (
    select(Founder.id)
    .where(
        Founder.kindergarten == _k.id,
        Founder.until > _day,
        or_(*(Founder.assets == _word(each.value) for each in PUBLIC_ASSETS)),
    )
    .correlate(Kindergarten.__table__)
    .exists()
)
# The record as it stands, and what effects depend on.
NOW = one(
    select(
        *(_k[name] for name in FilingChanges.model_fields if name != "type"),
        _on(KindergartenType, "type").label("type"),
        _on(KindergartenStatus, "status").label("status"),
        _k.division.label("division_now"),
        _k.licence_number,
        _k.licence_expires_on,
        LAST_ACT.label("last_act"),
        _types.label("types"),
        _public_assets.label("public_assets"),
        _agreed.label("agreed_fee"),
        _children.label("children"),
        _k.version,
    )
    .select_from(Kindergarten)
    .where(_k.id == bindparam("id"))
)

_waiting = Filing.__table__.alias("waiting").c
_duty, _page = PublicationDuty.__table__.c, Publication.__table__.c
_months, _early = bindparam("months", type_=Integer), bindparam("early", type_=Integer)
_confirmed = func.coalesce(
    select(func.max(_row.proposed_on))
    .where(_row.kindergarten == _k.id, _row.state == _word("accepted"), _row.answered_on <= _day)
    .correlate(Kindergarten.__table__)
    .scalar_subquery(),
    _k.created_at.cast(Date),
)
_due = (_confirmed + func.make_interval(0, _months)).cast(Date)
_open_one = (
    select(
        _waiting.id,
        _waiting.state,
        _waiting.answer_due_on,
    )
    .where(
        _waiting.kindergarten == _k.id, or_(_waiting.state == _word("proposed"), _waiting.state == _word("returned"))
    )
    .limit(1)
    .lateral("open_one")
)
_shown = (
    select(_page.published_on, _page.number)
    .where(_page.kindergarten == _k.id, _page.published_on <= _day)
    .order_by(_page.number.desc())
    .limit(1)
    .lateral("shown")
)
_owed = (
    select(func.min(_duty.arose_on).label("arose_on"), func.min(_duty.due_on).label("due_on"))
    .where(
        _duty.kindergarten == _k.id,
        _duty.arose_on <= _day,
        or_(_duty.met_on.is_(None), _duty.met_on > _day),
    )
    .lateral("owed")
)
_unpublished = _owed.c.due_on.is_not(None)
_late_page = func.coalesce(_owed.c.due_on < _day, _false)
_late_answer = func.coalesce(and_(_open_one.c.state == _word("proposed"), _open_one.c.answer_due_on < _day), _false)
_standing = case((_due < _day, _word("stale")), (_due <= _day + _early, _word("due")), else_=_word("fresh"))
_each: dict[str, Any] = {
    "kindergarten": _k.id,
    "kindergarten_name": _k.name,
    "division": _k.division,
    "confirmed_on": _confirmed,
    "confirmation_due_on": _due,
    "standing": _standing,
    "open_filing": _open_one.c.id,
    "open_state": _open_one.c.state,
    "answer_due_on": _open_one.c.answer_due_on,
    "answer_overdue": _late_answer,
    "published_on": _shown.c.published_on,
    "publication_number": _shown.c.number,
    "unpublished_since": _owed.c.arose_on,
    "publication_due_on": _owed.c.due_on,
    "publication_overdue": _late_page,
    "rule": case((_late_page, _word("REG-24"))),
    "synthetic": _k.synthetic,
}
_true: ColumnElement[bool] = literal_column("true")
STANDINGS = Listing(
    "filing-standings",
    select(*(_each[name].label(name) for name in FilingStandingRow.model_fields))
    .select_from(Kindergarten.__table__.outerjoin(_open_one, _true).outerjoin(_shown, _true).outerjoin(_owed, _true))
    .where(
        or_(*(_on(KindergartenStatus, "status") == _word(each) for each in ("operating", "suspended"))),
    ),
    _k.id,
    {"confirmation_due_on": _due, "name": _k.pinyin},
    {
        "kindergarten": _k.id == bindparam("kindergarten"),
        "division": _k.division.bool_op("^@")(bindparam("division")),
        "standing": _standing == bindparam("standing"),
        "answer_overdue": _late_answer == bindparam("answer_overdue"),
        "unpublished": _unpublished == bindparam("unpublished"),
        "publication_overdue": _late_page == bindparam("publication_overdue"),
        "synthetic": _k.synthetic == bindparam("synthetic"),
    },
)

LICENCE_CHANGES = Query(
    select(LicenceApplication.kindergarten, LicenceApplication.changes.cast(Text)).where(
        LicenceApplication.id == bindparam("id")
    )
)
