"""What registry tells of numbers: the latest revision counts, whatever comes twice."""

from datetime import date

from shared.ids import new_id
from tests.quality import given
from tests.quality.head_copies.heads import certified, posted
from tests.stack import Service


async def test_the_latest_revision_of_a_month_counts(quality: Service):
    one, first, second = await given.kindergarten(quality), new_id(), new_id()
    await certified(quality, one, {first: 20, second: 10})
    await certified(quality, one, {first: 21}, revision=2)
    await certified(quality, one, {first: 20, second: 10})
    found = await quality.database.fetch("SELECT class_id, children, revision FROM headcounts ORDER BY children")
    assert found == [(second, 0, 2), (first, 21, 2)]
    await certified(quality, one, {first: 5}, month=date(2026, 10, 1))
    assert len(await quality.database.fetch("SELECT 1 FROM headcounts")) == 3


async def test_posts_are_kept_and_move_with_their_kindergarten(quality: Service):
    one = await given.kindergarten(quality)
    await posted(quality, one, 3)
    found = await quality.database.fetch("SELECT role, full_time, division FROM posts")
    assert found == [("teacher", True, given.VILLAGE)] * 3
