"""What every registry test starts from holds together."""

from tests.registry import given
from tests.stack import Service


async def test_the_smallest_rows_are_accepted_by_every_constraint(registry: Service) -> None:
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten)
    child = await given.child(registry)
    await given.enrolment(registry, child, room)
    found = await registry.database.fetch("SELECT kindergarten, division FROM children WHERE id = %s", child)
    assert found == [(kindergarten, given.VILLAGE)]


async def test_reference_data_are_loaded(registry: Service) -> None:
    found = await registry.database.fetch("SELECT level, count(*) FROM divisions GROUP BY 1 ORDER BY 1")
    assert found == [("district", 1), ("town", 17), ("village", 321)]
    assert (await registry.database.fetch("SELECT count(*) FROM codes"))[0][0] > 200
