"""The planted frauds of the demonstration district: all found, false alarms counted."""

from collections import Counter
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from services.finance.seed.frauds import MONTH, Month, Planted
from services.finance.seed.loading import load
from services.registry.seed.synthetic import district
from shared.contracts.registry import KINDERGARTEN_REGISTERED
from tests.finance import given
from tests.finance.given import ok
from tests.stack import Service

QUOTA = Decimal(700)


@pytest.fixture(name="planted")
async def _planted(finance: Service) -> list[Planted]:
    """The demonstration numbers and the month, with the subsidy of the month settled."""
    for _ in range(2):  # again adds nothing
        with psycopg.connect(finance.database.app_url) as connection:
            load(connection, given.DISTRICT)
    made = Month()
    for place in made.places:
        fact = place | {"status": "operating", "closed_on": None, "synthetic": True, "version": 1}
        await given.told(finance, KINDERGARTEN_REGISTERED, fact)
    await given.approved(finance, MONTH.isoformat(), programmes=["quota_municipal"])
    return made.truth


async def found(finance: Service) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ok(
        await given.approver(finance).get("/v1/improper-payments", params={"month": MONTH.isoformat(), "limit": 500})
    )["items"]
    return rows


async def test_all_planted_frauds_are_found_and_nothing_else(
    finance: Service, planted: list[Planted], record_property: Any
):
    hits = {(row["rule"], row["kindergarten"]) for row in await found(finance)}
    asked: dict[str, Any] = {"month": MONTH.isoformat(), "as_of": "2026-06-30", "limit": 500}
    rows = ok(await given.approver(finance).get("/v1/payroll-findings", params=asked))["items"]
    reports: dict[str, Any] = {"year": MONTH.year - 1, "as_of": "2026-06-30"}
    rows += ok(await given.approver(finance).get("/v1/yearly-reports/findings", params=reports))
    hits |= {(row["rule"], row["kindergarten"]) for row in rows}
    truth = {(each.rule, str(each.kindergarten)) for each in planted}
    missed, false_alarms = truth - hits, hits - truth
    record_property("planted", len(truth))
    record_property("found", len(truth & hits))
    record_property("false_alarms", len(false_alarms))
    assert (len(truth), missed, false_alarms) == (18, set(), set())


@pytest.mark.usefixtures("planted")
async def test_the_money_at_stake_is_that_of_an_independent_recount(finance: Service):
    places = [place["id"] for place in Month().places]
    rows = {(row["rule"], places.index(row["kindergarten"])): row for row in await found(finance)}
    stakes = {key: (row["children"], Decimal(row["amount"])) for key, row in rows.items()}
    assert stakes["RAD-01", 1] == (3, 3 * QUOTA)
    assert stakes["RAD-02", 2] == stakes["RAD-02", 3] == (1, QUOTA)
    assert stakes["RAD-05", 7] == (1, QUOTA)
    assert stakes["RAD-06", 8] == (2, 2 * QUOTA)
    assert stakes["RAD-07", 1] == (1, Decimal(6100))
    assert stakes["RAD-07", 4] == (1, Decimal(8000))
    assert stakes["RAD-08", 10] == (1, Decimal(186000))
    assert stakes["RAD-04", 5] == (24, 24 * QUOTA)
    child_days = sum(sum(days.values()) for days in _days(4)) // 2
    assert stakes["RAD-03", 4][1] == round(52 * QUOTA / child_days * 20, 2)
    (chained,) = rows["RAD-08", 10]["evidence"]["rows"]
    assert chained["chain"] == ["演示举办者甲", "演示配偶丙", "演示控股有限公司", "演示装饰工程有限公司"]
    assert {row["why"] for row in rows["RAD-07", 2]["evidence"]["rows"]} == {"two_full_time_posts"}
    assert [row["left_on"] for row in rows["RAD-06", 8]["evidence"]["rows"]] == ["2026-03-20"] * 2


async def test_hits_become_alerts_whose_outcome_is_the_precision_of_their_rule(
    finance: Service, planted: list[Planted]
):
    officer, decider = given.preparer(finance), given.approver(finance)
    sent = {"month": MONTH.isoformat(), "as_of": "2026-06-30"}
    raised = {row["rule"]: row["raised"] for row in ok(await officer.post("/v1/check-runs", json=sent))["rules"]}
    assert raised == Counter(each.rule for each in planted)
    again = ok(await officer.post("/v1/check-runs", json=sent))["rules"]
    assert {row["raised"] for row in again} == {0}
    alerts = ok(await decider.get("/v1/account-alerts", params={"rule": "RAD-07", "limit": 500}))["items"]
    assert all(each["due_on"] and each["topic"] == "payment" for each in alerts)
    for place, alert in enumerate(alerts):
        state = "dismissed" if place == 0 else "confirmed"
        said = {"state": state, "outcome": "演示核查", "on": "2026-07-01"}
        ok(await decider.post(f"/v1/account-alerts/{alert['id']}/decisions", json=said))
    precision = {row["rule"]: row for row in ok(await decider.get("/v1/account-alerts/precision"))}
    assert (precision["RAD-07"]["confirmed"], precision["RAD-07"]["dismissed"]) == (3, 1)
    assert precision["RAD-07"]["precision"] == "0.7500"
    assert precision["RAD-01"]["precision"] is None
    states = {row["alert"]: row["alert_state"] for row in await found(finance) if row["rule"] == "RAD-07"}
    assert states == {each["id"]: "dismissed" if place == 0 else "confirmed" for place, each in enumerate(alerts)}


def test_the_places_are_kindergartens_of_the_demonstration_district():
    known = {str(each.id): (each.name, each.division) for each in district().kindergartens}
    assert [known[place["id"]] for place in Month().places] == [
        (place["name"], place["division"]) for place in Month().places
    ]


def _days(number: int) -> list[dict[Any, int]]:
    made = Month()
    return [made.present[made.room(number, order)] for order in range(2)]
