from sqlalchemy import Date, Integer, Text, Uuid, bindparam, column, select, text

from services.finance.meal_accounts.schemas import MealAccountOut
from shared.documents import one
from shared.listing import Listing

# What the bills say of a month's meals is what families were charged for it, less what was credited.
_accounts = (
    text(
        """
        SELECT m.id, m.kindergarten, m.division, m.month, m.income_source, m.cost_source,
               CAST(m.income AS text) AS income, CAST(m.cost AS text) AS cost,
               CAST(m.income - m.cost AS text) AS difference, CAST(m.staff_income AS text) AS staff_income,
               CAST(m.staff_cost AS text) AS staff_cost, m.published_on, m.entered_by, m.synthetic, m.version
        FROM (
          SELECT a.id, a.kindergarten, a.division, a.month, a.staff_income, a.staff_cost, a.published_on, a.entered_by,
                 a.synthetic, a.version, coalesce(a.income, b.amount, 0.00) AS income,
                 CASE WHEN a.income IS NULL THEN 'bills' ELSE 'entered' END AS income_source,
                 coalesce(a.cost, s.amount, 0.00) AS cost,
                 CASE WHEN a.cost IS NULL THEN 'bank' ELSE 'entered' END AS cost_source
          FROM meal_accounts a
            LEFT JOIN LATERAL (
              SELECT sum(c.gross - coalesce(x.credited, 0)) AS amount FROM charges c
                LEFT JOIN charge_balances x ON x.charge = c.id
              WHERE c.kindergarten = a.kindergarten AND c.category = 'collected' AND c.name ~ '伙食|餐'
                AND c.covers_since >= a.month AND c.covers_since < a.month + interval '1 month') b ON true
            LEFT JOIN LATERAL (
              SELECT -sum(l.amount) AS amount FROM bank_lines l
              WHERE l.kindergarten = a.kindergarten AND l.use = 'meals'
                AND l.booked_on >= a.month AND l.booked_on < a.month + interval '1 month') s ON true) m
        """
    )
    .columns(
        *(column(name, Text) for name in ("division", "income_source", "cost_source", "income", "cost", "difference")),
        *(column(name, Text) for name in ("staff_income", "staff_cost", "entered_by", "synthetic")),
        *(column(name, Uuid) for name in ("id", "kindergarten")),
        *(column(name, Date) for name in ("month", "published_on")),
        column("version", Integer),
    )
    .subquery("accounts")
    .c
)
_columns = select(*(_accounts[name] for name in MealAccountOut.model_fields))
ACCOUNTS = Listing(
    "meal-accounts",
    _columns,
    _accounts.id,
    {"month": _accounts.month},
    {
        "kindergarten": _accounts.kindergarten == bindparam("kindergarten"),
        "month": _accounts.month == bindparam("month"),
        "published": _accounts.published_on.is_not(None) == bindparam("published"),
    },
)
ACCOUNT = one(_columns.where(_accounts.id == bindparam("id")), column("version"))
MONTHS = select(
    _accounts.kindergarten, _accounts.month, _accounts.income, _accounts.cost, _accounts.published_on
).where(_accounts.month >= bindparam("since"), _accounts.month < bindparam("until"))
# Who serves meals: whoever has an item for them on file in the month, or keeps an account of them.
SERVING = text(
    """
    SELECT k.id, k.name, k.division FROM kindergartens k
    WHERE (k.closed_on IS NULL OR k.closed_on > :since)
      AND (EXISTS (SELECT FROM fee_items f WHERE f.kindergarten = k.id AND f.state = 'published'
                     AND f.category = 'collected' AND f.name ~ '伙食|餐' AND f.since < :until AND f.until > :since)
           OR EXISTS (SELECT FROM meal_accounts m WHERE m.kindergarten = k.id AND m.month < :until))
    ORDER BY k.pinyin, k.id
    """
)
