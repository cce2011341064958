from importlib.resources import files

from sqlalchemy import BigInteger, Date, Text, Uuid, bindparam, column, select, text
from sqlalchemy.dialects.postgresql import JSONB

from shared.listing import Listing

COSTS = (files("services.finance.unit_costs") / "costs.sql").read_text(encoding="utf-8")
_binds = (bindparam("cost_since", type_=Date), bindparam("cost_until", type_=Date))
_ERA = "era AS (SELECT 1 AS era, CAST(:cost_since AS date) AS since, CAST(:cost_until AS date) AS until)"

_units = (
    text(
        f"""
        WITH {_ERA}, {COSTS},
        paid AS (SELECT l.kindergarten, sum(l.amount) AS amount FROM subsidy_lines l JOIN subsidy_runs r ON r.id = l.run
                 WHERE r.state NOT IN ('preparing', 'prepared', 'cancelled') AND l.month >= :cost_since
                   AND l.month < :cost_until GROUP BY 1),
        charged AS (SELECT kindergarten, sum(amount) AS amount FROM charges WHERE category <> 'collected'
                      AND covers_since >= :cost_since AND covers_since < :cost_until GROUP BY 1)
        SELECT c.kindergarten, k.name, k.pinyin, k.division, k.type, CAST(c.expense AS text) AS expense,
               coalesce(c.months, 0) AS months, CAST(coalesce(c.child_months, 0) AS bigint) AS child_months,
               CAST(c.monthly AS text) AS cost, CAST(round(c.expense * 12 / nullif(c.child_months, 0), 2) AS text)
                 AS yearly_cost,
               CAST(round(coalesce(p.amount, 0) / nullif(c.child_months, 0), 2) AS text) AS subsidy,
               CAST(round(coalesce(f.amount, 0) / nullif(c.child_months, 0), 2) AS text) AS fee,
               (SELECT jsonb_agg(jsonb_build_object('account', s.account, 'name', s.name,
                                                    'amount', CAST(s.amount AS text)) ORDER BY s.account)
                FROM spent s WHERE s.kindergarten = c.kindergarten) AS accounts
        FROM cost c JOIN kindergartens k ON k.id = c.kindergarten LEFT JOIN paid p USING (kindergarten)
          LEFT JOIN charged f USING (kindergarten)
        """
    )
    .bindparams(*_binds)
    .columns(
        column("kindergarten", Uuid),
        column("name", Text),
        column("pinyin", Text(collation="C")),
        column("division", Text),
        column("type", Text),
        column("expense", Text),
        column("months", BigInteger),
        column("child_months", BigInteger),
        column("cost", Text),
        column("yearly_cost", Text),
        column("subsidy", Text),
        column("fee", Text),
        column("accounts", JSONB),
    )
    .subquery("units")
)
UNIT_COSTS = Listing(
    "unit-costs",
    select(*(each for each in _units.c if each.key != "pinyin")),
    _units.c.kindergarten,
    {"name": _units.c.pinyin},
    {
        "kindergarten": _units.c.kindergarten == bindparam("kindergarten"),
        "type": _units.c.type == bindparam("type"),
        "division": _units.c.division.bool_op("^@")(bindparam("division")),
    },
)
_types = (
    text(
        f"""
        WITH {_ERA}, {COSTS}
        SELECT coalesce(k.type, 'unknown') AS type, count(*) AS kindergartens, CAST(sum(c.expense) AS text) AS expense,
               CAST(sum(c.child_months) AS bigint) AS child_months,
               CAST(round(sum(c.expense) / sum(c.child_months), 2) AS text) AS cost,
               CAST(min(c.monthly) AS text) AS lowest, CAST(max(c.monthly) AS text) AS highest
        FROM cost c JOIN kindergartens k ON k.id = c.kindergarten WHERE c.child_months > 0 GROUP BY 1
        """
    )
    .bindparams(*_binds)
    .columns(
        column("type", Text),
        column("kindergartens", BigInteger),
        column("expense", Text),
        column("child_months", BigInteger),
        column("cost", Text),
        column("lowest", Text),
        column("highest", Text),
    )
    .subquery("types")
)
TYPE_COSTS = Listing("unit-costs-by-type", select(_types), _types.c.type, {"type": _types.c.type})
