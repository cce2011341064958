"""The facts the rule looks at, and the rule itself as SQL for lists; `rules.reasons` is what it must equal."""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
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
    true,
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


_month = last_month(PLACE.c.id, ON).correlate(PLACE).scalar_subquery()
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


_facts: dict[str, ColumnElement[Any]] = {
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
    "account_alerts": _standing("account_alert"),
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


_fence: ColumnElement[int] = literal_column("0")  # OFFSET 0: each fact is looked up once, however often it is asked for
FACTS: Final = (
    select(
        *(value.label(name) for name, value in _facts.items()),
        _inspected(_inspection.year).label("inspection_year"),
        _evaluated(_graded.published_on).label("graded_on"),
    )
    .offset(_fence)
    .lateral("facts")
)
_known = FACTS.c


def _at(code: str) -> ColumnElement[Any]:
    return bindparam(f"at_{code}", type_=Integer)


def _few(people: ColumnElement[Any], code: str) -> ColumnElement[bool]:
    children = _known.children
    return (children > 0) & or_(people == 0, cast(children, Numeric) / func.nullif(people, 0) > _at(code))


_holds: dict[str, ColumnElement[bool]] = {
    "inspection_failed": _known.inspection == literal_column("'failed'"),
    "inspection_conditional": _known.inspection == literal_column("'conditional'"),
    "grade_unqualified": _known.grade == literal_column("'unqualified'"),
    "staff_ratio": _few(_known.staff, "staff_ratio"),
    "care_ratio": _few(_known.carers, "care_ratio"),
    "large_classes": _known.large_classes >= _at("large_classes"),
    "major_hazard": _known.major_hazards >= _at("major_hazard"),
    "account_alert": _known.account_alerts >= _at("account_alert"),
    "ethics": _known.ethics_cases >= _at("ethics"),
    "primary_style": _known.style_cases >= _at("primary_style"),
}
_codes: list[ColumnElement[str]] = [case((holds, literal_column(f"'{code}'"))) for code, holds in _holds.items()]
_found = (
    select(func.array_remove(cast(array(_codes), ARRAY(Text)), None).label("reasons")).offset(_fence).lateral("found")
)
_decisive = bindparam("decisive", type_=ARRAY(Text))
WEAK: Final = _found.c.reasons.op("&&")(_decisive) | (
    func.cardinality(_found.c.reasons) >= bindparam("least", type_=Integer)
)
SUPPORTED: Final = (
    select(_case.id)
    .where(_case.kindergarten == PLACE.c.id, _case.state != literal("released"))
    .correlate(PLACE)
    .exists()
)


def judged(houses: FromClause) -> FromClause:
    """The kindergartens of that join, each with its facts and what the rule finds."""
    return houses.join(FACTS, true()).join(_found, true())


KINDERGARTENS = Listing(
    "weak-kindergartens",
    select(
        *columns(
            PLACE,
            WeakKindergartenRow,
            **{str(each.key): each for each in _known},
            kindergarten=PLACE.c.id,
            kindergarten_name=PLACE.c.name,
            reasons=_found.c.reasons,
            weak=WEAK,
            supported=SUPPORTED,
        )
    )
    .select_from(judged(PLACE))
    .where(PLACE.c.status == "operating"),
    PLACE.c.id,
    {"kindergarten_name": PLACE.c.pinyin},
    {
        "division": PLACE.c.division.op("^@")(bindparam("division")),
        "kindergarten": PLACE.c.id == bindparam("kindergarten"),
        "weak": bindparam("weak") == WEAK,
        "supported": bindparam("supported") == SUPPORTED,
    },
)
FACTS_OF: Final = (
    select(*(_known[name] for name in _facts))
    .select_from(PLACE.join(FACTS, true()))
    .where(PLACE.c.id == bindparam("id"))
)
