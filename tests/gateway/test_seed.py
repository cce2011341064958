"""The platform's own machines and the people of the demonstration."""

from gateway import seed
from gateway.settings import Settings
from services.registry.seed.synthetic import district
from tests.gateway.given import DISTRICT, TOWN, Person, bearing, sign_in
from tests.stack import FIELD_KEYS, Service

PASSWORDS = {name: f"password of {name}" for name in seed.people(seed.KINDERGARTEN)}
CLIENTS = {name: f"{name:x<43}" for name in ("registry", "finance", "safety", "quality", "gateway", "integration")}


async def sown(gateway: Service, **changes: str) -> None:
    settings = Settings(app_database_url=gateway.database.app_url, field_keys=FIELD_KEYS)
    await seed.seed(settings, PASSWORDS | changes, CLIENTS, seed.KINDERGARTEN)


async def test_everyone_named_can_sign_in_and_holds_one_role(gateway: Service):
    await sown(gateway)
    held = {}
    for name, password in PASSWORDS.items():
        answer = await sign_in(gateway.client(), Person("", name, password))
        assert answer.status_code == 200, name
        me = (await bearing(gateway, answer.json()["access_token"]).get("/auth/v1/me")).json()
        held[name] = [(each["role"], each["scope"]) for each in me["grants"]]
    assert held["district"] == [("registrar", DISTRICT)]
    assert held["town"] == [("town_officer", TOWN)]
    assert held["principal"] == [("principal", f"k:{seed.KINDERGARTEN}")]
    assert {len(grants) for grants in held.values()} == {1}


async def test_services_sign_in_as_machines_of_the_district(gateway: Service):
    await sown(gateway)
    for name, secret in CLIENTS.items():
        form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
        token = (await gateway.client().post("/auth/v1/tokens", data=form)).json()["access_token"]
        me = (await bearing(gateway, token).get("/auth/v1/me")).json()
        role = "integration" if name == "integration" else "service"
        assert [(each["role"], each["scope"]) for each in me["grants"]] == [(role, DISTRICT)]


async def test_seeding_again_changes_nothing_but_a_new_password(gateway: Service):
    await sown(gateway)
    before = await gateway.database.fetch("SELECT account, hash FROM passwords ORDER BY account")
    events = await gateway.database.fetch("SELECT count(*) FROM events")
    await sown(gateway)
    assert await gateway.database.fetch("SELECT account, hash FROM passwords ORDER BY account") == before
    assert await gateway.database.fetch("SELECT count(*) FROM events") == events
    await sown(gateway, town="another password")
    assert (await sign_in(gateway.client(), Person("", "town", "another password"))).status_code == 200


async def test_every_account_of_the_demonstration_is_marked(gateway: Service):
    await sown(gateway)
    assert await gateway.database.fetch("SELECT bool_and(synthetic) FROM accounts") == [(True,)]


def test_the_principals_kindergarten_stands_in_the_demonstration_district_and_town():
    found = {str(each.id): each.division for each in district().kindergartens}
    assert found[seed.KINDERGARTEN].startswith(seed.TOWN)
