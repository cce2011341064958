import psycopg

from services.finance.seed.loading import load
from tests.finance import given
from tests.finance.given import ok
from tests.stack import Service


async def test_the_demonstration_numbers_run_a_month(finance: Service):
    for _ in range(2):
        with psycopg.connect(finance.database.app_url) as connection:
            load(connection, given.DISTRICT)
    of = await given.kindergarten(finance)
    await given.attribute(finance, of, "village_level", "1")
    await given.published(finance, of)
    await given.headcount(finance, of, "2025-10-01", {"small": 20, "large": 10}, last_year=10)
    await given.approved(finance, "2025-10-01", programmes=["quota_district", "quota_municipal"])
    rows = ok(await given.preparer(finance).get("/v1/subsidy-lines", params={"month": "2025-10-01"}))["items"]
    assert {row["programme"]: row["amount"] for row in rows} == {
        "quota_municipal": "21000.00",
        "quota_district": "3300.00",
    }
    assert {row["tag"] for row in ok(await given.preparer(finance).get("/v1/parameters"))["items"]} > {"illustrative"}
