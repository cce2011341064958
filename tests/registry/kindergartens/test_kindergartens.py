"""幼儿园登记: the register of kindergartens, through HTTP."""

from services.registry.kindergartens.schemas import Kindergarten, KindergartenPage
from tests.registry import given
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)


async def test_a_kindergarten_is_registered_and_read_back(registry: Service):
    client = registry.client(REGISTRAR)
    body = given.new_kindergarten(first={"status": "operating", "type": "public", "document": "演示〔2026〕1号"})
    answer = await client.post("/v1/kindergartens", json=body)
    assert answer.status_code == 201, answer.text
    made = Kindergarten.model_validate_json(answer.content)
    assert answer.headers["location"] == f"/v1/kindergartens/{made.id}"
    read = await client.get(f"/v1/kindergartens/{made.id}")
    assert read.content == answer.content
    assert read.headers["etag"] == answer.headers["etag"] == '"1"'
    page = KindergartenPage.model_validate_json((await client.get("/v1/kindergartens")).content)
    assert [each.id for each in page.items] == [made.id]
