from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import Integer, Text, Uuid, column, select, text
from sqlalchemy.dialects.postgresql import JSONB

from services.finance.improper_payments.schemas import ImproperPaymentPage, ImproperPaymentQuery
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/improper-payments", tags=["improper payments"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ALERTS])]
_found = (
    text(
        """
        WITH counted AS (
          SELECT DISTINCT ON (kindergarten) kindergarten, revision, count_day, hash FROM headcounts
          WHERE month = :month ORDER BY kindergarten, revision DESC),
        certified AS (
          SELECT c.kindergarten, c.revision, c.count_day, c.hash, sum(k.children) AS children
          FROM counted c JOIN class_headcounts k ON k.kindergarten = c.kindergarten AND k.month = :month
            AND k.revision = c.revision GROUP BY 1, 2, 3, 4),
        here AS (
          SELECT c.kindergarten, e.child FROM counted c JOIN enrolments e ON e.kindergarten = c.kindergarten
            AND e.since <= c.count_day AND e.until > c.count_day GROUP BY 1, 2),
        enrolled AS (SELECT kindergarten, count(*) AS children FROM here GROUP BY 1),
        twice AS (SELECT child, count(*) AS places FROM here GROUP BY 1 HAVING count(*) > 1),
        paid AS (
          SELECT l.kindergarten, sum(l.amount) AS amount FROM subsidy_lines l
            JOIN subsidy_payments p ON p.run = l.run AND p.kindergarten = l.kindergarten
          WHERE l.month = :month GROUP BY 1),
        hits AS (
          SELECT 'RAD-01' AS rule, c.kindergarten, c.children - coalesce(e.children, 0) AS children,
                 jsonb_build_object('certified', c.children, 'enrolled', coalesce(e.children, 0), 'count_day',
                   c.count_day, 'revision', c.revision, 'hash', c.hash) AS evidence
          FROM certified c LEFT JOIN enrolled e USING (kindergarten) WHERE c.children > coalesce(e.children, 0)
          UNION ALL
          SELECT 'RAD-02', h.kindergarten, count(*), jsonb_build_object('children', jsonb_agg(h.child ORDER BY h.child))
          FROM here h JOIN twice USING (child) GROUP BY h.kindergarten)
        SELECT h.rule || '/' || h.kindergarten::text AS place, h.rule, h.kindergarten, h.children::integer AS children,
               CAST(round(coalesce(p.amount * h.children / nullif(c.children, 0), 0), 2) AS text) AS amount, h.evidence
        FROM hits h LEFT JOIN paid p USING (kindergarten) LEFT JOIN certified c USING (kindergarten)
        """.replace("::", r"\:\:")
    )
    .columns(
        column("place", Text),
        column("rule", Text),
        column("kindergarten", Uuid),
        column("children", Integer),
        column("amount", Text),
        column("evidence", JSONB),
    )
    .subquery("found")
)
FOUND = Listing("improper-payments", select(_found), _found.c.place, {"place": _found.c.place})


@router.get(
    "",
    operation_id="list_improper_payments",
    response_model=ImproperPaymentPage,
    responses=exports.responses(ImproperPaymentPage),
)
async def list_improper_payments(
    query: Annotated[ImproperPaymentQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """疑点: more children certified than enrolled, and children enrolled in two places on the day of counting."""
    return await exports.answer(request, reader, FOUND, query, month=query.month.replace(day=1))
