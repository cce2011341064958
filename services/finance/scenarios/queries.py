from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    Date,
    Numeric,
    Subquery,
    Text,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from services.finance.allocations.rules import GROUP, LABEL
from services.finance.scenarios.models import Scenario, ScenarioLine, ScenarioNumber
from services.finance.scenarios.schemas import (
    DeviationOut,
    ScenarioEffectOut,
    ScenarioLineOut,
    ScenarioNumberOut,
    ScenarioOut,
    ScenarioRow,
)
from services.finance.subsidy_runs.queries import ENTITLEMENT, EXPLAINED, statement
from services.finance.unit_costs.queries import COSTS
from shared.db import Query
from shared.documents import columns, one
from shared.listing import Listing
from shared.tables import FOREVER

_HERE = "services.finance.scenarios"
_binds: tuple[BindParameter[Any], ...] = (
    bindparam("month", type_=Date),
    bindparam("since", type_=Date),
    bindparam("scenario", type_=Uuid),
    bindparam("rules", type_=Text),
    bindparam("programmes"),
)
_inputs = f"{statement('inputs', _HERE)} {ENTITLEMENT}"
INSERT_LINES = text(f"{_inputs} {statement('lines', _HERE).format(explained=EXPLAINED)}").bindparams(*_binds)
INSERT_PLACES = text(f"{_inputs} {statement('places', _HERE).format(costs=COSTS)}").bindparams(*_binds)
# Numbers in force now that are not those the scenario copied, and the other way round.
COUNT_DRIFT = text(
    """
    SELECT count(*) FROM (SELECT id FROM parameters WHERE state = 'approved' AND name = ANY (:names)) p
      FULL JOIN (SELECT parameter AS id FROM scenario_numbers
                 WHERE scenario = :scenario AND parameter IS NOT NULL AND name = ANY (:names)) n USING (id)
    WHERE p.id IS NULL OR n.id IS NULL
    """
)

_row, _number, _line = Scenario.__table__.c, ScenarioNumber.__table__.c, ScenarioLine.__table__.c
SCENARIOS = Listing(
    "scenarios",
    select(*(_row[name] for name in ScenarioRow.model_fields)),
    _row.id,
    {"created_at": _row.created_at},
    {"state": _row.state == bindparam("state")},
)


def _sum(rules: str) -> Any:
    own = (_line.scenario == _row.id, _line.rules == rules)
    return select(func.sum(_line.entitled)).where(*own).correlate(Scenario.__table__).scalar_subquery()


_changes = select(func.count()).where(_number.scenario == _row.id, _number.changed).correlate(Scenario.__table__)
_special = {
    "changes": _changes.scalar_subquery(),
    "in_force": cast(_sum("in_force"), Text),
    "scenario": cast(_sum("scenario"), Text),
    "difference": cast(_sum("scenario") - _sum("in_force"), Text),
}
SCENARIO = one(
    select(*columns(Scenario.__table__, ScenarioOut, **_special)).where(_row.id == bindparam("id")), column("version")
)
_until = {"until": func.nullif(_number.until, FOREVER)}
_values = {name: cast(_number[name], Text) for name in ("former", "value")}
_numbers = columns(ScenarioNumber.__table__, ScenarioNumberOut, **_until, **_values)
NUMBERS = Listing(
    "scenario-numbers",
    select(*_numbers).where(_number.scenario == bindparam("id", type_=Uuid)),
    _number.id,
    {"key": _number.key},
    {"name": _number.name == bindparam("name"), "changed": _number.changed == bindparam("changed")},
)
NUMBER = one(select(*_numbers).where(_number.id == bindparam("id")))


def _rows(statement: str, **types: Any) -> Subquery:
    made = text(statement.replace("::", r"\:\:")).bindparams(bindparam("id", type_=Uuid))
    return made.columns(*(column(name, kind) for name, kind in types.items())).subquery("rows")


_budget = _rows(
    f"""
    WITH x AS (
      SELECT l.rules, l.programme, l.kindergarten, l.month, p.type, p.village_level, f.level,
             CASE f.level WHEN 'municipal' THEN l.municipal ELSE l.entitled - l.municipal END AS amount
      FROM scenario_lines l JOIN scenario_places p USING (scenario, rules, kindergarten, month)
        CROSS JOIN (VALUES ('municipal'), ('district')) f (level)
      WHERE l.scenario = :id AND (CAST(:programme AS text) IS NULL OR l.programme = :programme)),
    grouped AS (
      SELECT {GROUP} AS key, {LABEL.format(group=GROUP)} AS label, x.kindergarten, x.month,
             coalesce(sum(x.amount) FILTER (WHERE x.rules = 'in_force'), 0.00) AS before,
             coalesce(sum(x.amount) FILTER (WHERE x.rules = 'scenario'), 0.00) AS after
      FROM x JOIN kindergartens k ON k.id = x.kindergarten JOIN programmes g ON g.code = x.programme GROUP BY 1, 3, 4)
    SELECT key, min(label) AS label, sum(before)::text AS in_force, sum(after)::text AS scenario,
           (sum(after) - sum(before))::text AS difference,
           round(sum(before) / nullif(sum(sum(before)) OVER (), 0), 4)::text AS share_in_force,
           round(sum(after) / nullif(sum(sum(after)) OVER (), 0), 4)::text AS share,
           count(DISTINCT kindergarten) AS kindergartens, coalesce(sum(p.children), 0)::bigint AS child_months,
           round(sum(before) / nullif(sum(p.children), 0), 2)::text AS per_child_in_force,
           round(sum(after) / nullif(sum(p.children), 0), 2)::text AS per_child
    FROM grouped JOIN scenario_places p USING (kindergarten, month)
    WHERE p.scenario = :id AND p.rules = 'scenario' GROUP BY key
    """,
    key=Text,
    label=Text,
    in_force=Text,
    scenario=Text,
    difference=Text,
    share_in_force=Text,
    share=Text,
    kindergartens=BigInteger,
    child_months=BigInteger,
    per_child_in_force=Text,
    per_child=Text,
)
BUDGET = Listing("scenario-budget", select(_budget), _budget.c.key, {"key": _budget.c.key})

_effects = _rows(
    """
    WITH money AS (
      SELECT kindergarten, coalesce(sum(entitled) FILTER (WHERE rules = 'in_force'), 0.00) AS before,
             coalesce(sum(entitled) FILTER (WHERE rules = 'scenario'), 0.00) AS after
      FROM scenario_lines WHERE scenario = :id GROUP BY 1),
    served AS (SELECT kindergarten, sum(children) AS children FROM scenario_places
               WHERE scenario = :id AND rules = 'scenario' GROUP BY 1),
    last AS (
      SELECT DISTINCT ON (kindergarten, rules) kindergarten, rules, type, village_level, fee, income, cost
      FROM scenario_places WHERE scenario = :id ORDER BY kindergarten, rules, month DESC),
    whole AS (
      SELECT k.id AS kindergarten, k.name, k.pinyin, k.division, b.type, b.village_level, s.children, b.income, b.cost,
             coalesce(m.before, 0.00) AS before, coalesce(m.after, 0.00) AS after, a.fee AS fee_before,
             b.fee AS fee_after, round(m.before / nullif(s.children, 0), 2) AS given_before,
             round(m.after / nullif(s.children, 0), 2) AS given_after
      FROM last b JOIN last a ON a.kindergarten = b.kindergarten AND a.rules = 'in_force'
        JOIN served s ON s.kindergarten = b.kindergarten JOIN kindergartens k ON k.id = b.kindergarten
        LEFT JOIN money m ON m.kindergarten = b.kindergarten
      WHERE b.rules = 'scenario')
    SELECT kindergarten, name, division, type, village_level, children::bigint AS child_months,
           before::text AS in_force, after::text AS scenario, (after - before)::text AS difference,
           CASE sign(after - before) WHEN 1 THEN 'gains' WHEN 0 THEN 'same' ELSE 'loses' END AS outcome,
           given_before::text AS subsidy_in_force, given_after::text AS subsidy, fee_before::text AS fee_in_force,
           fee_after::text AS fee, income::text AS income,
           round(fee_before * 12 / nullif(income, 0), 4)::text AS burden_in_force,
           round(fee_after * 12 / nullif(income, 0), 4)::text AS burden, cost::text AS cost,
           (cost - coalesce(given_before, 0) - coalesce(fee_before, 0))::text AS gap_in_force,
           (cost - coalesce(given_after, 0) - coalesce(fee_after, 0))::text AS gap,
           pinyin, after - before AS change
    FROM whole
    """,
    kindergarten=Uuid,
    name=Text,
    division=Text,
    type=Text,
    village_level=Boolean,
    child_months=BigInteger,
    in_force=Text,
    scenario=Text,
    difference=Text,
    outcome=Text,
    subsidy_in_force=Text,
    subsidy=Text,
    fee_in_force=Text,
    fee=Text,
    income=Text,
    burden_in_force=Text,
    burden=Text,
    cost=Text,
    gap_in_force=Text,
    gap=Text,
    pinyin=Text(collation="C"),
    change=Numeric,
)
EFFECTS = Listing(
    "scenario-effects",
    select(*(_effects.c[name] for name in ScenarioEffectOut.model_fields)),
    _effects.c.kindergarten,
    {"difference": _effects.c.change, "name": _effects.c.pinyin},
    {
        "outcome": _effects.c.outcome == bindparam("outcome"),
        "type": _effects.c.type == bindparam("type"),
        "division": _effects.c.division.bool_op("^@")(bindparam("division")),
    },
)
_money = {name: cast(_line[name], Text) for name in ("entitled", "municipal")}
LINES = Listing(
    "scenario-lines",
    select(*columns(ScenarioLine.__table__, ScenarioLineOut, **_money)).where(
        _line.scenario == bindparam("id", type_=Uuid)
    ),
    _line.id,
    {"id": _line.id},
    {
        "rules": _line.rules == bindparam("rules"),
        "programme": _line.programme == bindparam("programme"),
        "kindergarten": _line.kindergarten == bindparam("kindergarten"),
        "month": _line.month == bindparam("month", type_=Date),
    },
)
# What approved runs say of a month now: the last line says what it came from, all lines together what was settled.
_SETTLED = """
  SELECT DISTINCT ON (l.programme, l.kindergarten, l.month) l.programme, l.kindergarten, l.month, l.explanation,
         sum(l.amount) OVER (PARTITION BY l.programme, l.kindergarten, l.month) AS entitled,
         sum(l.municipal) OVER (PARTITION BY l.programme, l.kindergarten, l.month) AS municipal
  FROM subsidy_lines l JOIN subsidy_runs r ON r.id = l.run
  WHERE r.state NOT IN ('preparing', 'prepared', 'cancelled') AND (l.programme, l.kindergarten, l.month) IN (
    SELECT programme, kindergarten, month FROM scenario_lines WHERE {which})
  ORDER BY l.programme, l.kindergarten, l.month, l.id DESC
"""
_deviations = _rows(
    f"""
    WITH settled AS ({_SETTLED.format(which="scenario = :id")})
    SELECT s.id AS line, s.programme, s.kindergarten, s.month, s.entitled::text AS simulated,
           t.entitled::text AS settled, (t.entitled - s.entitled)::text AS difference,
           s.month::text || '/' || s.programme || '/' || s.kindergarten::text AS place,
           (s.entitled, s.municipal) IS DISTINCT FROM (t.entitled, t.municipal) AS differs,
           CASE WHEN t.month IS NULL THEN ARRAY['not_settled']
                WHEN (s.entitled, s.municipal) IS NOT DISTINCT FROM (t.entitled, t.municipal) THEN ARRAY[]::text[]
                WHEN t.explanation->>'type' IS NULL THEN ARRAY['programme']
                ELSE array_remove(ARRAY[
             CASE WHEN s.explanation->>'type' IS DISTINCT FROM t.explanation->>'type' THEN 'type' END,
             CASE WHEN jsonb_path_query_array(s.explanation, '$.parts[*].quantity')
                  <> jsonb_path_query_array(t.explanation, '$.parts[*].quantity') THEN 'children' END,
             CASE WHEN EXISTS (
               SELECT FROM jsonb_array_elements(coalesce(s.explanation->'parts', '[]')) x
                 JOIN jsonb_array_elements(coalesce(t.explanation->'parts', '[]')) y ON y->>'part' = x->>'part'
               WHERE x->>'rate' IS DISTINCT FROM y->>'rate') THEN 'rate' END,
             CASE WHEN s.explanation->'unmet' IS DISTINCT FROM t.explanation->'unmet' THEN 'conditions' END,
             CASE WHEN s.explanation->'tilt'->'factor' IS DISTINCT FROM t.explanation->'tilt'->'factor' THEN 'tilt' END,
             CASE WHEN s.explanation->'cap'->'value' IS DISTINCT FROM t.explanation->'cap'->'value' THEN 'cap' END,
             CASE WHEN s.explanation->'share'->'municipal' IS DISTINCT FROM t.explanation->'share'->'municipal'
                  THEN 'share' END], NULL) END AS causes
    FROM scenario_lines s LEFT JOIN settled t USING (programme, kindergarten, month)
    WHERE s.scenario = :id AND s.rules = 'scenario'
    """,
    line=Uuid,
    programme=Text,
    kindergarten=Uuid,
    month=Date,
    simulated=Text,
    settled=Text,
    difference=Text,
    place=Text,
    differs=Boolean,
    causes=ARRAY(Text),
)
DEVIATIONS = Listing(
    "scenario-deviations",
    select(*(_deviations.c[name] for name in DeviationOut.model_fields)),
    _deviations.c.place,
    {"place": _deviations.c.place},
    {
        "differs": _deviations.c.differs == bindparam("differs"),
        "kindergarten": _deviations.c.kindergarten == bindparam("kindergarten"),
        "programme": _deviations.c.programme == bindparam("programme"),
    },
)
EXPLANATION = Query(
    text(
        f"""
        SELECT s.id, s.entitled::text, s.explanation, t.explanation
        FROM scenario_lines s LEFT JOIN ({_SETTLED.format(which="id = :id")}) t USING (programme, kindergarten, month)
        WHERE s.id = :id
        """.replace("::", r"\:\:")
    ).bindparams(bindparam("id", type_=Uuid))
)
