"""The pages and the one document, whole and from nowhere else."""

import re

from gateway.portal.pages import HEADERS
from tests.gateway.given import DISTRICT, another
from tests.stack import Service

PAGES = ("/", "/docs", "/redoc", "/problems", "/problems/not-found")
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


async def test_no_page_asks_another_host_for_anything(gateway: Service):
    client = gateway.client()
    for path in PAGES:
        page = await client.get(path, headers=BROWSER)
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert re.findall(r"(?:https?:)?//[\w.-]+", page.text) == [], path
        for name, value in HEADERS.items():
            assert page.headers[name] == value
        for asset in re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text):
            assert (await client.get(asset)).status_code == 200, asset


def test_the_browser_is_told_to_fetch_from_here_only():
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";") if part.strip())
    assert policy["default-src"] == "'self'"
    assert [source for sources in policy.values() for source in sources.split() if "." in source or "*" in source] == []


async def test_our_own_assets_name_no_other_host(gateway: Service):
    client = gateway.client()
    for name in ("portal.css", "docs.js", "redoc.js"):
        text = (await client.get(f"/assets/{name}")).text
        assert re.findall(r"https?://", text) == []
    assert (await client.get("/assets/../app.py")).status_code in {400, 404}


async def test_a_demonstration_says_so_on_every_page_and_an_installation_in_use_does_not(gateway: Service):
    for path in PAGES:
        assert "演示数据" in (await gateway.client().get(path, headers=BROWSER)).text
    async with another(gateway, demonstration=False) as made:
        assert "演示数据" not in (await made.client().get("/", headers=BROWSER)).text


async def test_the_first_page_says_how_each_service_is(gateway: Service):
    page = (await gateway.client().get("/")).text
    assert [name for name in ("登记", "经费", "安全", "质量") if name not in page] == []
    assert page.count("未就绪") == 4


async def test_the_catalogue_gathers_the_problems_of_every_service(gateway: Service, registry: Service):
    async with another(gateway, {"registry": registry.app}) as made:
        kinds = {each["code"]: each for each in (await made.client().get("/problems")).json()}
        one = (await made.client().get("/problems/invalid-grant")).json()
        missing = await made.client().get("/problems/no-such-code")
    assert set(kinds["not-found"]["services"]) == {"gateway", "registry"}
    assert one["services"] == ["gateway", "registry"]  # one process, one catalogue
    assert one["status"] == 400
    assert missing.status_code == 404
    assert [code for code, each in kinds.items() if not each["zh"] or not each["en"]] == []


async def test_me_lists_permissions_of_every_service_that_answers(gateway: Service, registry: Service):
    async with another(gateway, {"registry": registry.app}) as made:
        me = (await made.client(("town_officer", "110116102")).get("/auth/v1/me")).json()
    services = {each["service"]: each for each in me["services"]}
    assert {name: each["known"] for name, each in services.items()} == {
        "gateway": True,
        "registry": True,
        "finance": False,
        "safety": False,
        "quality": False,
    }
    readable = {each["permission"]: each["scopes"] for each in services["registry"]["permissions"]}
    assert readable["registry.kindergartens.read"] == ["110116102"]
    assert "registry.kindergartens.write" not in readable


async def test_requests_reach_a_real_service_with_the_callers_token(gateway: Service, registry: Service):
    async with another(gateway, {"registry": registry.app}) as made:
        answer = await made.client(("registrar", DISTRICT)).get("/registry/v1/kindergartens")
        refused = await made.client().get("/registry/v1/kindergartens")
    assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert (refused.status_code, refused.json()["code"]) == (401, "not-authenticated")


async def test_pages_of_the_frontend_may_call_from_listed_origins_only(gateway: Service):
    async with another(gateway, cors_origins="https://front.example") as made:
        asked = {"Origin": "https://front.example", "Access-Control-Request-Method": "GET"}
        allowed = await made.client().options("/registry/v1/x", headers=asked)
        other = await made.client().options("/registry/v1/x", headers=asked | {"Origin": "https://evil.example"})
        seen = await made.client(Origin="https://front.example").get("/health")
    assert allowed.headers["access-control-allow-origin"] == "https://front.example"
    assert "access-control-allow-origin" not in other.headers
    assert "RateLimit" in seen.headers["access-control-expose-headers"]
