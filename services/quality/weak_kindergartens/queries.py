"""The facts the rule looks at, and the rule itself as SQL for lists; `rules.reasons` is what it must equal."""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Numeric,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, array

from services.quality.annual_inspections.models import AnnualInspection
from services.quality.annual_inspections.rules import VETOING
from services.quality.book_numbers.queries import last_month
from services.quality.class_copies.models import ClassCopy
from services.quality.evaluations.models import Evaluation
from services.quality.head_copies.models import HeadcountCopy, PostCopy
from services.quality.kindergartens.models import Kindergarten
from services.quality.primary_style_cases.models import PrimaryStyleCase
from services.quality.service_facts.models import ServiceFact
from services.quality.support_cases.models import SupportCase
from services.quality.weak_kindergartens.schemas import WeakKindergartenRow
from shared.documents import among, columns
from shared.listing import Listing

PLACE: Final = Kindergarten.__table__
_inspection, _graded, _post = AnnualInspection.__table__.c, Evaluation.__table__.c, PostCopy.__table__.c
_fact, _style, _case = ServiceFact.__table__.c, PrimaryStyleCase.__table__.c, SupportCase.__table__.c
_heads, _group = HeadcountCopy.__table__.alias("heads"), ClassCopy.__table__
ON: Final = bindparam("as_of", type_=Date)
YEAR: Final[ColumnElement[Any]] = literal_column("interval '12 months'")


def _own(rows: Select[Any]) -> Any:
    return rows.correlate(PLACE).scalar_subquery()


def _inspected(column: ColumnElement[Any]) -> Any:
    decided = select(column).where(
        _inspection.kindergarten == PLACE.c.id, _inspection.result.is_not(None), _inspection.decided_on <= ON
    )
    return _own(decided.order_by(_inspection.year.desc()).limit(1))


def _evaluated(column: ColumnElement[Any]) -> Any:
    published = select(column).where(_graded.kindergarten == PLACE.c.id, _graded.published_on <= ON)
    return _own(published.order_by(_graded.published_on.desc(), _graded.id.desc()).limit(1))


_month = last_month(_heads.c.kindergarten, ON).correlate(_heads).scalar_subquery()
_this_month = (_heads.c.kindergarten == PLACE.c.id) & (_heads.c.month == _month)


def _people(*conditions: ColumnElement[bool]) -> Any:
    held = (
        (_post.since <= ON)
        & or_(_post.until.is_(None), _post.until > ON)
        & _post.full_time
        & (_post.employment != "outsourced")
    )
    rows = select(func.count(func.distinct(_post.person))).where(_post.kindergarten == PLACE.c.id, held, *conditions)
    return _own(rows)


def _standing(kind: str, *conditions: ColumnElement[bool]) -> Any:
    rows = select(func.count()).where(
        _fact.kindergarten == PLACE.c.id, _fact.kind == kind, _fact.standing, _fact.on_day <= ON, *conditions
    )
    return _own(rows)


FACTS: Final[dict[str, ColumnElement[Any]]] = {
    "inspection": _inspected(_inspection.result),
    "grade": _evaluated(_graded.grade),
    "children": _own(select(cast(func.sum(_heads.c.children), Integer)).where(_this_month)),
    "staff": _people(),
    "carers": _people(among(_post.role, ("teacher", "childcare"))),
    "large_classes": _own(
        select(func.count())
        .select_from(_heads.join(_group, _group.c.id == _heads.c.class_id))
        .where(_this_month, _heads.c.children > _group.c.standard_size)
    ),
    "major_hazards": _standing("major_hazard"),
    "ethics_cases": _standing(VETOING, _fact.on_day > ON - YEAR),
    "style_cases": _own(
        select(func.count()).where(
            _style.kindergarten == PLACE.c.id,
            _style.received_on <= ON,
            _style.received_on > ON - YEAR,
            among(_style.state, ("confirmed", "ordered", "answered", "closed", "referred")),
        )
    ),
}


def _at(code: str) -> ColumnElement[Any]:
    return bindparam(f"at_{code}", type_=Integer)


def _few(people: ColumnElement[Any], code: str) -> ColumnElement[bool]:
    children = FACTS["children"]
    return (children > 0) & or_(people == 0, cast(children, Numeric) / func.nullif(people, 0) > _at(code))


_holds: dict[str, ColumnElement[bool]] = {
    "inspection_failed": FACTS["inspection"] == literal_column("'failed'"),
    "inspection_conditional": FACTS["inspection"] == literal_column("'conditional'"),
    "grade_unqualified": FACTS["grade"] == literal_column("'unqualified'"),
    "staff_ratio": _few(FACTS["staff"], "staff_ratio"),
    "care_ratio": _few(FACTS["carers"], "care_ratio"),
    "large_classes": FACTS["large_classes"] >= _at("large_classes"),
    "major_hazard": FACTS["major_hazards"] >= _at("major_hazard"),
    "ethics": FACTS["ethics_cases"] >= _at("ethics"),
    "primary_style": FACTS["style_cases"] >= _at("primary_style"),
}
_codes: list[ColumnElement[str]] = [case((holds, literal_column(f"'{code}'"))) for code, holds in _holds.items()]
REASONS: Final = func.array_remove(cast(array(_codes), ARRAY(Text)), None)
_decisive = bindparam("decisive", type_=ARRAY(Text))
WEAK: Final = REASONS.op("&&")(_decisive) | (func.cardinality(REASONS) >= bindparam("least", type_=Integer))
SUPPORTED: Final = (
    select(_case.id)
    .where(_case.kindergarten == PLACE.c.id, _case.state != literal("released"))
    .correlate(PLACE)
    .exists()
)
KINDERGARTENS = Listing(
    "weak-kindergartens",
    select(
        *columns(
            PLACE,
            WeakKindergartenRow,
            **FACTS,
            kindergarten=PLACE.c.id,
            kindergarten_name=PLACE.c.name,
            inspection_year=_inspected(_inspection.year),
            graded_on=_evaluated(_graded.published_on),
            reasons=REASONS,
            weak=WEAK,
            supported=SUPPORTED,
        )
    ).where(PLACE.c.status == "operating"),
    PLACE.c.id,
    {"kindergarten_name": PLACE.c.pinyin},
    {
        "division": PLACE.c.division.op("^@")(bindparam("division")),
        "kindergarten": PLACE.c.id == bindparam("kindergarten"),
        "weak": bindparam("weak") == WEAK,
        "supported": bindparam("supported") == SUPPORTED,
    },
)
FACTS_OF: Final = select(*(value.label(name) for name, value in FACTS.items())).where(PLACE.c.id == bindparam("id"))
