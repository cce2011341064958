"""Reads of the plan: the current one of a day, its clauses and projects."""

from sqlalchemy import Date, Text, bindparam, case, false, func, literal_column, select

from services.registry.divisions.models import Division
from services.registry.plans.models import Clause, Plan, Project, TargetSet
from shared.documents import many, one
from shared.listing import Listing

_plan, _clause, _set = Plan.__table__.c, Clause.__table__.c, TargetSet.__table__.c
_project, _division = Project.__table__.c, Division.__table__.c
_as_of = bindparam("as_of", type_=Date)
# A plan stays the current one until a later one begins.
CURRENT = select(_plan.code).where(_plan.since <= _as_of).order_by(_plan.since.desc()).limit(1).scalar_subquery()

_sets = (
    select(*(_set[name] for name in ("code", "name_zh", "name_en", "document", "article", "tag", "due_year")))
    .where(_set.plan == CURRENT)
    .order_by(_set.place)
    .subquery("each")
)
PLAN = one(
    select(
        *(column for column in _plan if column.key != "division"),
        (_plan.until <= _as_of).label("ended"),
        _plan.division.label("own"),
        _division.code.label("division"),
        _division.name.label("division_name"),
        select(func.json_agg(literal_column('"each"'))).select_from(_sets).scalar_subquery().label("target_sets"),
    )
    .select_from(Plan)
    .join(Division, _division.code == func.coalesce(bindparam("division", None, type_=Text), _plan.division))
    .where(_plan.code == CURRENT)
)

PLANS = many(
    select(
        *(
            _plan[name]
            for name in ("code", "version", "title_zh", "title_en", "document_number", "issued_by", "issued_on")
        ),
        *(_plan[name] for name in ("status", "since", "until")),
        func.coalesce(_plan.code == CURRENT, false()).label("current"),
    ).order_by(_plan.since)
)

_unit = func.jsonb_path_query_first(
    _plan.units,
    literal_column("'$[*] ? (@.code == $lead).name_zh'::jsonpath"),
    func.jsonb_build_object("lead", _clause.lead),
)
_clauses = (
    *(_clause[name] for name in ("id", "plan", "place", "section", "section_title", "quote", "need", "service")),
    *(_clause[name] for name in ("also", "facts", "lead")),
    case((_clause.lead.is_(None), None), else_=_unit.op("#>>")(literal_column("'{}'"))).cast(Text).label("lead_name"),
    _clause.assist,
    _clause.basis,
)
_of_current = select(*_clauses).join_from(Clause, Plan, _plan.code == _clause.plan).where(_clause.plan == CURRENT)
CLAUSES = Listing(
    "clauses",
    _of_current,
    _clause.place,
    {"place": _clause.place, "section": _clause.section},
    {
        "section": _clause.section.bool_op("^@")(bindparam("section")),
        "service": _clause.service == bindparam("service"),
        "lead": _clause.lead == bindparam("lead"),
        "q": func.strpos(_clause.quote, bindparam("q", type_=Text)) > 0,
    },
)
CLAUSE = one(_of_current.where(_clause.id == bindparam("id")))

_named = Project.__table__.join(Division, _division.code == _project.division)
_projects = (
    *(_project[name] for name in ("id", "plan", "clause", "name", "kind", "division")),
    _division.name.label("division_name"),
    *(_project[name] for name in ("status_words", "status", "status_on", "status_note", "source", "note", "version")),
)
PROJECTS = Listing(
    "projects",
    select(*_projects).select_from(_named),
    _project.id,
    {"name": _project.pinyin, "status_on": _project.status_on},
    {
        "division": _project.division.bool_op("^@")(bindparam("division")),
        "kind": _project.kind == bindparam("kind"),
        "status": _project.status == bindparam("status"),
        "clause": _project.clause == bindparam("clause"),
    },
)
PROJECT = one(
    select(*_projects).select_from(_named).where(_project.id == bindparam("id")),
    literal_column("whole_row.version"),
)
