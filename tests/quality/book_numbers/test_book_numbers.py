"""Books per child and per class against the guide: ten picture books a child, five copies a class."""

from datetime import date
from uuid import UUID

import pytest

from services.quality.book_numbers.schemas import BookNumbersPage, ClassBooksPage
from tests.quality import given
from tests.quality.books.test_books import CLEAN, book
from tests.quality.evaluations.team import classes
from tests.quality.head_copies.heads import certified
from tests.stack import Service


async def house(service: Service, children: int) -> tuple[UUID, UUID]:
    one = await given.kindergarten(service)
    await classes(service, one, small=1)
    ((group,),) = await service.database.fetch("SELECT id FROM classes WHERE kindergarten = %s", one)
    await certified(service, one, {group: children}, month=given.TODAY.replace(day=1))
    return one, group


async def approved(service: Service, one: UUID, copies: dict[str, int], **changes: object) -> None:
    clerk = service.client(("clerk", f"k:{one}"), sub="clerk")
    made = await clerk.post("/v1/books", json=book(one, **changes))
    path = f"/v1/books/{made.json()['id']}"
    await service.client(("teacher", f"k:{one}"), sub="first").post(f"{path}/screenings", json=CLEAN)
    done = await service.client(("principal", f"k:{one}"), sub="second").post(f"{path}/reviews", json=CLEAN)
    assert done.status_code == 201, done.text
    for place, count in copies.items():
        assert (await clerk.put(f"{path}/copies/{place}", json={"copies": count})).status_code == 204


@pytest.mark.parametrize(("copies", "per_child", "short"), [(30, "10.00", False), (29, "9.67", True)])
async def test_ten_picture_books_a_child_at_each_side(quality: Service, copies: int, per_child: str, short: bool):
    one, _ = await house(quality, 3)
    await approved(quality, one, {"library": copies})
    await approved(
        quality,
        one,
        {"library": 50},
        isbn="0-306-40615-2".replace("0-306-40615-2", "9787544270878"),
        picture_book=False,
    )
    await approved(quality, one, {"library": 50}, isbn=None, source="own", audience="teacher")
    page = await quality.client(given.OFFICER).get("/v1/book-numbers")
    (row,) = BookNumbersPage.model_validate_json(page.content).items
    assert (row.children, row.picture_books, row.per_child, row.short) == (3, copies, per_child, short)
    assert (row.child_titles, row.teacher_titles, row.unreviewed) == (2, 1, 0)
    listed = await quality.client(given.OFFICER).get("/v1/book-numbers", params={"short": "true"})
    assert len(listed.json()["items"]) == short


async def test_what_nobody_reviewed_does_not_count_and_is_shown(quality: Service):
    one, group = await house(quality, 3)
    clerk = quality.client(("clerk", f"k:{one}"), sub="clerk")
    made = await clerk.post("/v1/books", json=book(one))
    await clerk.put(f"/v1/books/{made.json()['id']}/copies/{group}", json={"copies": 30})
    (row,) = (await clerk.get("/v1/book-numbers")).json()["items"]
    assert (row["picture_books"], row["unreviewed"], row["short"]) == (0, 1, True)


async def test_without_certified_children_nothing_is_said_of_them(quality: Service):
    one, _ = await house(quality, 3)
    before = str(date(2020, 1, 1))
    page = await quality.client(given.OFFICER).get("/v1/book-numbers", params={"as_of": before + ""})
    assert page.status_code == 422 or page.json()["items"][0]["children"] is None
    other = await given.kindergarten(quality)
    (row,) = (await quality.client(given.OFFICER).get("/v1/book-numbers", params={"kindergarten": str(other)})).json()[
        "items"
    ]
    assert (row["children"], row["per_child"], row["short"]) == (None, None, None)
    assert one != other


async def test_books_of_each_class(quality: Service):
    one, group = await house(quality, 4)
    await approved(quality, one, {str(group): 6, "library": 9})
    page = await quality.client(given.OFFICER).get("/v1/class-books", params={"kindergarten": str(one)})
    (row,) = ClassBooksPage.model_validate_json(page.content).items
    assert (row.children, row.titles, row.copies, row.per_child, row.too_many) == (4, 1, 6, "1.50", 1)
