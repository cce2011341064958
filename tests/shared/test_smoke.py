from tests.stack import Service

DISTRICT = "110116"


async def test_a_service_is_alive_and_ready(finance: Service):
    client = finance.client()
    assert (await client.get("/health")).json() == {"status": "ok"}
    assert (await client.get("/ready")).json() == {"status": "ready"}


async def test_a_stranger_is_told_nothing(finance: Service):
    answer = await finance.client().get("/v1/kindergartens")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-authenticated"


async def test_the_list_answers_in_scope(finance: Service):
    await finance.database.fetch(
        "INSERT INTO kindergartens (id, division, name, pinyin, registry_version) VALUES"
        " (gen_random_uuid(), '110116102001', 'B', 'b', 1), (gen_random_uuid(), '110116103001', 'A', 'a', 1)"
    )
    answer = await finance.client(("registrar", DISTRICT)).get("/v1/kindergartens", params={"limit": 1, "count": True})
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == 2
    assert [each["name"] for each in answer.json()["items"]] == ["A"]
    town = await finance.client(("town_officer", "110116102")).get("/v1/kindergartens")
    assert [each["name"] for each in town.json()["items"]] == ["B"]
