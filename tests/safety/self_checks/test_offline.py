"""The bundle for work without network: complete, signed, and no word of it can be changed."""

from services.safety.self_checks.schemas import OfflineBundle
from tests.safety import given
from tests.safety.given import TODAY
from tests.stack import Service


async def test_a_bundle_is_complete_and_its_signature_holds(safety: Service):
    await given.checklist(safety)
    garden = await given.kindergarten(safety)
    teacher = safety.client(("teacher", f"k:{garden}"))
    recorded = f"{TODAY}T00:00:00+08:00"
    sent = {"recorded_at": recorded, "answers": given.answers(i12="bad")}
    await teacher.put(f"/v1/self-checks/{garden}/daily/{TODAY}", json=sent)
    answer = await teacher.get(f"/v1/offline-bundles/{garden}")
    assert answer.status_code == 200, answer.text
    found = OfflineBundle.model_validate_json(answer.content)
    assert [len(each.items) for each in found.checklists] == [3]
    assert (len(found.history), len(found.hazards)) == (1, 1)
    address = "/v1/offline-bundles/verifications"
    assert (await teacher.post(address, json=answer.json())).json() == {"authentic": True, "expired": False}
    changed = answer.json() | {"name": "别的园"}
    assert not (await teacher.post(address, json=changed)).json()["authentic"]
    other = safety.client(("teacher", f"k:{await given.kindergarten(safety)}"))
    assert (await other.get(f"/v1/offline-bundles/{garden}")).status_code == 404
