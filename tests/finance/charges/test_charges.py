from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.ids import new_id
from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service


class Place:
    """A kindergarten that may charge: a book, terms, a published 保教费 of 750 yuan and one child."""

    def __init__(self, finance: Service, of: UUID, book: str, item: str, child: UUID) -> None:
        self.finance, self.of, self.book, self.item, self.child = finance, of, book, item, child

    async def charge(self, **changes: Any) -> httpx.Response:
        sent = {
            "kindergarten": str(self.of),
            "child": str(self.child),
            "fee_item": self.item,
            "amount": "750.00",
            "covers_since": "2025-10-01",
            "covers_until": "2025-11-01",
            "charged_on": "2025-10-08",
        }
        return await given.accountant(self.finance, self.of).post("/v1/charges", json=sent | changes)


async def place(finance: Service, type: str = "public", class_kind: str = "small") -> Place:
    of = await given.kindergarten(finance, type)
    standard = "government" if type == "public" else "nonprofit"
    book = (await given.book(finance, of, standard))["id"]
    await given.terms(finance)
    await given.parameter(finance, "fee_ceiling", "care_education/public", "750")
    item = (await given.published(finance, of))["id"]
    return Place(finance, of, book, item, await given.enrolled(finance, of, class_kind))


async def test_a_charge_is_stored_with_its_basis_and_stands_in_the_books(finance: Service):
    here = await place(finance)
    made = ok(await here.charge(), 201)
    assert (made["gross"], made["waived"], made["amount"]) == ("750.00", "0.00", "750.00")
    assert made["basis"]["document"] == "示意备案〔2025〕3号"
    lines = await finance.database.fetch("SELECT account, amount FROM postings ORDER BY line")
    assert [(account, str(amount)) for account, amount in lines] == [("1212", "750.00"), ("2103", "-750.00")]


async def test_fin_01_a_charge_needs_a_published_item(finance: Service):
    here = await place(finance)
    refused(await here.charge(fee_item=str(new_id())), "no-filed-item")
    filed = ok(
        await given.principal(finance, here.of).post("/v1/fee-items", json=given.fee(here.of, name="伙食费")), 201
    )
    refused(await here.charge(fee_item=filed["id"]), "no-filed-item")
    refused(await here.charge(charged_on="2025-08-31"), "no-filed-item")


@pytest.mark.parametrize(("amount", "refusal"), [("750.00", None), ("750.01", "above-standard")])
async def test_fin_02_a_charge_keeps_to_the_standard(finance: Service, amount: str, refusal: str | None):
    answer = await (await place(finance)).charge(amount=amount)
    assert answer.json().get("code") == refusal


async def test_fin_02_a_ceiling_that_fell_binds_from_its_day(finance: Service):
    here = await place(finance)
    await given.parameter(finance, "fee_ceiling", "care_education/public", "700", "2025-10-08")
    refused(await here.charge(), "above-standard")
    ok(await here.charge(charged_on="2025-10-07"), 201)


@pytest.mark.parametrize(
    ("type", "standard", "amount", "refusal"),
    [
        ("public", None, "0.00", None),
        ("public", None, "0.01", "waived-fee-charged"),
        ("private", "500", "250.00", None),
        ("private", "500", "250.01", "waived-fee-charged"),
    ],
)
async def test_fin_03_the_last_year_is_free_up_to_the_standard(
    finance: Service, type: str, standard: str | None, amount: str, refusal: str | None
):
    await given.parameter(finance, "free_year_standard", type, standard, "2025-09-01")
    here = await place(finance, type, "large")
    answer = await here.charge(amount=amount)
    assert answer.json().get("code") == refusal
    if refusal is None:
        assert answer.json()["waived"] == ("750.00" if type == "public" else "500.00")


async def test_fin_03_holds_from_the_autumn_term_of_2025_alone(finance: Service):
    await given.parameter(finance, "free_year_standard", "public", None, "2025-10-01")
    here = await place(finance, class_kind="large")
    ok(await here.charge(covers_since="2025-09-01", covers_until="2025-10-01", charged_on="2025-09-05"), 201)
    refused(await here.charge(), "waived-fee-charged")


@pytest.mark.parametrize(("until", "refusal"), [("2026-02-01", None), ("2026-02-02", "prepaid-beyond-term")])
async def test_fin_04_nothing_is_taken_beyond_the_term(finance: Service, until: str, refusal: str | None):
    answer = await (await place(finance)).charge(covers_until=until)
    assert answer.json().get("code") == refusal


async def test_a_child_is_charged_once_for_a_period(finance: Service):
    here = await place(finance)
    ok(await here.charge(), 201)
    refused(await here.charge(), "child-is-charged-once-for-a-period")


async def test_a_child_who_is_not_here_is_not_charged(finance: Service):
    here = await place(finance)
    refused(await here.charge(child=str(new_id())), "not-enrolled-then")


async def test_without_the_dates_of_terms_nothing_is_decided(finance: Service):
    of = await given.kindergarten(finance, "private")
    await given.book(finance, of, "nonprofit")
    item = (await given.published(finance, of))["id"]
    here = Place(finance, of, "", item, await given.enrolled(finance, of))
    refused(await here.charge(), "number-missing")


async def test_the_entry_of_a_charge_is_not_reversed_by_hand(finance: Service):
    here = await place(finance)
    made = ok(await here.charge(), 201)["entry"]
    sent = {"effective_on": "2025-10-09", "reason": "x"}
    answer = await given.accountant(finance, here.of).post(f"/v1/entries/{made}/reversals", json=sent)
    refused(answer, "entry-belongs-to-its-source")
