from sqlalchemy import Date, Text, and_, bindparam, case, func, literal_column, select

from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus, KindergartenType
from services.registry.recognitions.models import Recognition, RecognitionReview
from services.registry.recognitions.schemas import RecognitionOut, RecognitionReviewOut, RecognitionRow
from services.registry.steps.queries import steps_of
from shared.db import Query
from shared.documents import listed, one
from shared.listing import Listing

_row, _k = Recognition.__table__.c, Kindergarten.__table__.c
_day, _soon = bindparam("as_of", type_=Date), bindparam("soon", type_=Date)
_held = _row.state.in_((literal_column("'granted'"), literal_column("'leaving'")))
_renewed = Recognition.__table__.alias("renewed")
_followed = (
    select(_renewed.c.id)
    .where(
        _renewed.c.former == _row.id, _renewed.c.state.in_((literal_column("'granted'"), literal_column("'leaving'")))
    )
    .exists()
)
_in_force = func.coalesce(
    (_row.since <= _day)
    & (_day < func.coalesce(_row.ended_on, _row.until))
    & (_held | (_row.state == literal_column("'withdrawn'"))),
    literal_column("false"),
)
_warning = case(
    (and_(_held, ~_followed, _row.until <= _day), literal_column("'lapsed'", Text)),
    (and_(_held, _row.review_due_on < _day, _day < _row.until), literal_column("'review_overdue'", Text)),
    (and_(_held, ~_followed, _row.until <= _soon), literal_column("'expiring'", Text)),
    else_=literal_column("NULL", Text),
)
_special = {
    "kindergarten_name": _k.name,
    "renewal": _row.former.is_not(None),
    "proposed_fee": _row.proposed_fee.cast(Text),
    "agreed_fee": _row.agreed_fee.cast(Text),
    "in_force": _in_force,
    "warning": _warning,
}
_columns = [(_special[name] if name in _special else _row[name]).label(name) for name in RecognitionRow.model_fields]
_from = Recognition.__table__.join(Kindergarten.__table__, _k.id == _row.kindergarten)
RECOGNITIONS = Listing(
    "recognitions",
    select(*_columns).select_from(_from),
    _row.id,
    {"applied_on": _row.applied_on, "name": _k.pinyin},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "state": _row.state == bindparam("state"),
        "in_force": _in_force == bindparam("in_force"),
        "warning": _warning == bindparam("warning"),
        "expires_before": _row.until < bindparam("expires_before", type_=Date),
        "review_due_before": _row.review_due_on < bindparam("review_due_before", type_=Date),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)

_review = RecognitionReview.__table__.c
_reviews = (
    select(
        *(
            (_review[name].cast(Text) if name == "fee_charged" else _review[name]).label(name)
            for name in RecognitionReviewOut.model_fields
        )
    )
    .where(_review.recognition == _row.id)
    .order_by(_review.due_on)
    .correlate(Recognition.__table__)
)
_detail = {"reviews": listed(_reviews), "steps": steps_of(Recognition.__table__)}
RECOGNITION = one(
    select(
        *_columns,
        *(
            (_detail[name] if name in _detail else _row[name]).label(name)
            for name in RecognitionOut.model_fields
            if name not in RecognitionRow.model_fields and name not in ("checks", "actions")
        ),
    )
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)

_enrolled = (
    select(func.count())
    .select_from(Enrolment)
    .where(Enrolment.class_id == Class.id, Enrolment.since <= _day, Enrolment.until > _day)
    .scalar_subquery()
)
_oversize = (
    select(func.count())
    .select_from(Class)
    .where(
        Class.kindergarten == Kindergarten.id, Class.since <= _day, Class.until > _day, _enrolled > Class.standard_size
    )
    .scalar_subquery()
)
# What the register knows of a kindergarten on a day, in the order of `rules.Facts`.
FACTS = Query(
    select(
        Kindergarten.for_profit,
        KindergartenType.type,
        KindergartenStatus.status,
        Kindergarten.licence_number,
        Kindergarten.licence_expires_on,
        Kindergarten.credit_code,
        Kindergarten.opened_on,
        _oversize,
    )
    .select_from(Kindergarten)
    .outerjoin(
        KindergartenType,
        (KindergartenType.kindergarten == Kindergarten.id)
        & (KindergartenType.since <= _day)
        & (KindergartenType.until > _day),
    )
    .outerjoin(
        KindergartenStatus,
        (KindergartenStatus.kindergarten == Kindergarten.id)
        & (KindergartenStatus.since <= _day)
        & (KindergartenStatus.until > _day),
    )
    .where(Kindergarten.id == bindparam("id"))
)
