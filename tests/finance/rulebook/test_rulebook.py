from tests.finance import given
from tests.finance.given import ok
from tests.stack import Service


async def test_the_catalogue_tells_each_rule_with_the_numbers_of_the_day(finance: Service):
    await given.parameter(finance, "fee_ceiling", "care_education/public", "750", "2025-09-01")
    caller = given.preparer(finance)
    for day, numbers in (("2025-08-31", []), ("2025-09-01", ["750.0000"])):
        found = {rule["code"]: rule for rule in ok(await caller.get("/v1/rules", params={"as_of": day}))}
        assert [each["value"] for each in found["FIN-02"]["parameters"]] == numbers
    assert all(rule["zh"] and rule["basis"] and rule["checked"] for rule in found.values())
