"""Books: an ISBN that checks, two reviews by two persons against twelve items, copies counted, removals on record."""

from typing import Any
from uuid import UUID

import pytest

from services.quality.books.rules import normal_isbn
from services.quality.books.schemas import ReadingBookOut, ReadingBookPage
from tests.quality import given, matrix
from tests.quality.evaluations.team import classes
from tests.stack import Service

ISBN = "978-7-100-00000-3"
CLEAN = {"answers": [False] * 12, "note": "未见问题"}
BAD = {"answers": [False] * 7 + [True] + [False] * 4, "note": "含暴力内容"}


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("9780306406157", "9780306406157"),
        ("0-306-40615-2", "9780306406157"),
        ("0-8044-2957-X", "9780804429573"),
        ("978-0-306-40615-6", None),
        ("0-306-40615-3", None),
        ("1234567890123", None),
        ("", None),
    ],
)
def test_isbns_check(text: str, normal: str | None):
    assert normal_isbn(text) == normal


def book(kindergarten: UUID, **changes: Any) -> dict[str, Any]:
    new = {
        "isbn": "9780306406157",
        "title": "好饿的小蛇",
        "publisher": "演示出版社",
        "audience": "child",
        "source": "gift",
    }
    return {"kindergarten": str(kindergarten)} | new | changes


async def entered(service: Service, **changes: Any) -> tuple[UUID, str]:
    one = await given.kindergarten(service)
    clerk = service.client(("clerk", f"k:{one}"), sub="clerk")
    made = await clerk.post("/v1/books", json=book(one, **changes))
    assert made.status_code == 201, made.text
    return one, str(made.json()["id"])


async def test_two_other_persons_review_and_only_then_it_may_stand_in_a_class(quality: Service):
    one, id_ = await entered(quality)
    path = f"/v1/books/{id_}"
    clerk = quality.client(("principal", f"k:{one}"), sub="clerk")
    first = quality.client(("teacher", f"k:{one}"), sub="first")
    second = quality.client(("principal", f"k:{one}"), sub="second")
    assert (await clerk.put(f"{path}/copies/library", json={"copies": 2})).status_code == 204
    assert (await second.get("/v1/books", params={"unreviewed": "true"})).json()["items"] != []
    assert (await clerk.post(f"{path}/screenings", json=CLEAN)).json()["code"] == "another-person-needed"
    await first.post(f"{path}/screenings", json=CLEAN)
    assert (await first.post(f"{path}/reviews", json=CLEAN)).json()["code"] == "another-person-needed"
    done = await second.post(f"{path}/reviews", json=CLEAN)
    found = ReadingBookOut.model_validate_json(done.content)
    assert (found.state, found.copies, found.unreviewed) == ("approved", 2, False)
    assert [each.verb for each in found.steps] == ["screen", "approve"]


async def test_a_violation_rejects_it_and_no_copy_may_stay(quality: Service):
    one, id_ = await entered(quality)
    teacher = quality.client(("teacher", f"k:{one}"), sub="first")
    refused = await teacher.post(f"/v1/books/{id_}/screenings", json=BAD)
    assert (refused.json()["state"], refused.json()["violations"]) == ("rejected", [8])
    clerk = quality.client(("clerk", f"k:{one}"), sub="clerk")
    held = await clerk.put(f"/v1/books/{id_}/copies/library", json={"copies": 1})
    assert held.json()["code"] == "removed-books-are-not-held"
    officer = quality.client(given.OFFICER)
    gone = await officer.post(f"/v1/books/{id_}/removals", json={"note": "集中销毁"})
    assert (gone.json()["state"], gone.json()["removed_because"]) == ("removed", "集中销毁")


@pytest.mark.parametrize(("copies", "too_many"), [(5, False), (6, True)])
async def test_more_than_five_copies_in_a_class_are_shown(quality: Service, copies: int, too_many: bool):
    one, id_ = await entered(quality)
    await classes(quality, one, small=1)
    ((group,),) = await quality.database.fetch("SELECT id FROM classes")
    clerk = quality.client(("clerk", f"k:{one}"), sub="clerk")
    await clerk.put(f"/v1/books/{id_}/copies/library", json={"copies": 60})
    assert (await clerk.put(f"/v1/books/{id_}/copies/{group}", json={"copies": copies})).status_code == 204
    page = ReadingBookPage.model_validate_json((await clerk.get("/v1/books")).content)
    assert [(each.copies, each.too_many) for each in page.items] == [(60 + copies, too_many)]


async def test_a_book_is_entered_once_with_a_number_that_checks(quality: Service):
    one, _ = await entered(quality)
    clerk = quality.client(("clerk", f"k:{one}"), sub="clerk")
    again = await clerk.post("/v1/books", json=book(one, isbn="0-306-40615-2"))
    assert (again.status_code, again.json()["code"]) == (409, "book-is-entered")
    for isbn in (None, ISBN):
        refused = await clerk.post("/v1/books", json=book(one, isbn=isbn))
        assert refused.json()["code"] == "isbn-does-not-check"
    own = await clerk.post("/v1/books", json=book(one, isbn=None, source="own", title="自制绘本"))
    assert own.status_code == 201


async def test_a_place_is_the_library_or_a_class(quality: Service):
    one, id_ = await entered(quality)
    clerk = quality.client(("clerk", f"k:{one}"), sub="clerk")
    for place, status in (("-" * 36, 422), ("shelf", 422), (str(one), 404)):
        refused = await clerk.put(f"/v1/books/{id_}/copies/{place}", json={"copies": 1})
        assert refused.status_code == status


async def test_the_twelve_items_can_be_read(quality: Service):
    found = (await quality.client(given.OFFICER).get("/v1/book-negatives")).json()
    assert [each["code"] for each in found] == [str(n) for n in range(1, 13)]


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, id_ = await entered(quality)
    states: dict[str, dict[str, Any]] = {
        each: {"screened_by": "first"} for each in ("proposed", "screened", "approved", "rejected", "removed")
    }
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "screen": ("screenings", CLEAN),
        "approve": ("reviews", CLEAN),
        "remove": ("removals", {"note": "清理"}),
    }
    grants = matrix.standing("quality.books", one)
    assert await matrix.disagreements(quality, "books", "/v1/books", id_, states, bodies, grants.values()) == []
