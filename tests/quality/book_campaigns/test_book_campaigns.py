"""图书清理专项 and 抽查: every kindergarten reports, somebody else looks again, strays are found (QUA-06)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.quality.book_campaigns.schemas import (
    BookCampaignOut,
    BookMissingPage,
    BookReportOut,
    BookSpotCheckOut,
    BookSpotCheckPage,
)
from tests.quality import given, matrix
from tests.quality.book_numbers.test_book_numbers import approved
from tests.quality.books.test_books import book
from tests.stack import Service

CONTENT = {"titles_checked": 120, "copies_removed": 7, "statement": "逐册检查"}
NOTE = {"note": "抽查三十册"}


async def campaign(service: Service, **changes: Any) -> str:
    new = {"title": "春季清理", "document": "教材〔2021〕2号", "since": "2026-03-01", "until": "2027-06-01"} | changes
    made = await service.client(given.OFFICER, sub="runner").post("/v1/book-campaigns", json=new)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def reported(service: Service) -> tuple[UUID, str, str]:
    one, id_ = await given.kindergarten(service), await campaign(service)
    clerk = service.client(("clerk", f"k:{one}"), sub="clerk")
    new = CONTENT | {"campaign": id_, "kindergarten": str(one)}
    made = await clerk.post("/v1/book-reports", json=new)
    assert made.status_code == 201, made.text
    again = await clerk.post("/v1/book-reports", json=new)
    assert (again.status_code, again.json()["code"]) == (409, "reported-in-this-campaign")
    return one, id_, str(made.json()["id"])


async def test_a_campaign_reports_itself(quality: Service):
    one, id_, report = await reported(quality)
    silent = await given.kindergarten(quality)
    await given.kindergarten(quality, status="closed")
    await approved(quality, one, {"library": 4})
    officer = quality.client(given.OFFICER)
    ((made,),) = await quality.database.fetch("SELECT id FROM books")
    removal = {"note": "版权页不符", "disposal": "returned", "campaign": id_}
    gone = await officer.post(f"/v1/books/{made}/removals", json=removal)
    assert (gone.json()["removed_copies"], gone.json()["removed_to"]) == (4, "returned")
    assert [len(each) for each in gone.json()["answers"]] == [12, 12]
    failed = await officer.post(f"/v1/book-reports/{report}/failures", json=NOTE)
    assert failed.json()["state"] == "failed"
    clerk = quality.client(("clerk", f"k:{one}"), sub="clerk")
    again = await clerk.post(f"/v1/book-reports/{report}/reports", json=CONTENT | {"copies_removed": 9})
    assert again.json()["copies_removed"] == 9
    done = await officer.post(f"/v1/book-reports/{report}/passes", json=NOTE)
    found = BookReportOut.model_validate_json(done.content)
    assert [each.verb for each in found.steps] == ["fail", "report", "pass"]
    figures = BookCampaignOut.model_validate_json((await officer.get(f"/v1/book-campaigns/{id_}")).content)
    assert (figures.kindergartens, figures.reported, figures.passed, figures.missing) == (2, 1, 1, 1)
    assert (figures.copies_removed, figures.titles_removed) == (9, 1)
    page = await officer.get("/v1/book-campaign-missing", params={"campaign": id_})
    assert [each.kindergarten for each in BookMissingPage.model_validate_json(page.content).items] == [silent]
    assert (await clerk.get(f"/v1/book-campaigns/{id_}")).json()["kindergartens"] == 1
    unknown = await officer.get("/v1/book-campaign-missing", params={"campaign": str(one)})
    assert unknown.json()["items"] == []


async def test_before_it_begins_nothing_is_reported(quality: Service):
    one = await given.kindergarten(quality)
    id_ = await campaign(quality, since=str(given.TODAY + timedelta(1)), until=str(given.TODAY + timedelta(9)))
    clerk = quality.client(("clerk", f"k:{one}"))
    early = await clerk.post("/v1/book-reports", json=CONTENT | {"campaign": id_, "kindergarten": str(one)})
    assert (early.status_code, early.json()["code"]) == (409, "campaign-has-not-begun")
    new = {"title": "x", "document": "x", "since": "2026-03-01", "until": "2026-03-01"}
    backwards = await quality.client(given.OFFICER).post("/v1/book-campaigns", json=new)
    assert (backwards.status_code, backwards.json()["code"]) == (409, "campaign-ends-after-it-begins")


async def test_qua_06_a_spot_check_finds_what_nobody_reviewed(quality: Service):
    one = await given.kindergarten(quality)
    await approved(quality, one, {"library": 4})
    ((sound,),) = await quality.database.fetch("SELECT id FROM books")
    clerk, officer = quality.client(("clerk", f"k:{one}")), quality.client(given.OFFICER)
    new = {"kindergarten": str(one), "on": str(given.TODAY), "note": "阅览区"}
    clean = await officer.post("/v1/book-spot-checks", json=new | {"checked": [{"book": str(sound), "sound": True}]})
    assert BookSpotCheckOut.model_validate_json(clean.content).unreviewed == 0
    raw = (await clerk.post("/v1/books", json=book(one, isbn=None, source="own"))).json()["id"]
    found = {"checked": [{"book": raw, "sound": False}], "strays": [{"title": "无名绘本"}]}
    made = await officer.post("/v1/book-spot-checks", json=new | found)
    assert made.json()["unreviewed"] == 2
    page = await officer.get("/v1/book-spot-checks", params={"flagged": "true"})
    assert len(BookSpotCheckPage.model_validate_json(page.content).items) == 1
    empty = await officer.post("/v1/book-spot-checks", json=new)
    assert (empty.status_code, empty.json()["code"]) == (422, "something-is-checked")
    other = await given.kindergarten(quality)
    borrowed = await officer.post("/v1/book-spot-checks", json=new | found | {"kindergarten": str(other)})
    assert (borrowed.status_code, borrowed.json()["errors"][0]["pointer"]) == (404, "/checked/0/book")
    assert (await clerk.post("/v1/book-spot-checks", json=new | found)).status_code == 403


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, _, id_ = await reported(quality)
    states: dict[str, dict[str, Any]] = {each: {} for each in ("reported", "passed", "failed")}
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "report": ("reports", CONTENT),
        "pass": ("passes", NOTE),
        "fail": ("failures", NOTE),
    }
    grants = matrix.standing("quality.book", one).values()
    assert await matrix.disagreements(quality, "book_reports", "/v1/book-reports", id_, states, bodies, grants) == []
