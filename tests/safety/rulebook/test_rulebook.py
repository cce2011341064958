"""The rules are served with their numbers; what the service shows is in the book."""

from services.safety import data
from services.safety.parameters.published import PARAMETERS
from services.safety.rulebook.schemas import RuleParameterOut, SafetyRuleOut
from tests.safety import given
from tests.stack import Service

TAGS = {"verified", "known", "uncertain", "illustrative"}


def test_every_number_has_its_authority_or_says_that_it_has_none():
    assert {each.tag for each in PARAMETERS} <= TAGS
    assert [each.name for each in PARAMETERS if each.tag != "illustrative" and not each.article] == []
    assert [each.name for each in PARAMETERS if each.tag == "illustrative" and "演示值" not in each.document] == []


def test_every_number_a_rule_names_exists():
    known = {each.name for each in PARAMETERS}
    named = {name for row in data.rows("rules") for name in row["parameters"].split()}
    assert named - known == set()


async def test_the_book_is_read_by_everybody_with_an_account_and_as_of_a_day(safety: Service):
    teacher = safety.client(("teacher", f"k:{await given.kindergarten(safety)}"))
    rules = [SafetyRuleOut.model_validate(each) for each in (await teacher.get("/v1/rules")).json()]
    video = next(each for each in rules if each.rule == "SAF-05")
    assert [(each.value, each.article) for each in video.parameters] == [("30", "第十四条")]
    before = (await teacher.get("/v1/rules", params={"as_of": "2025-03-31"})).json()
    assert "SAF-05" not in {each["rule"] for each in before}
    numbers = (await teacher.get("/v1/parameters")).json()
    assert len([RuleParameterOut.model_validate(each) for each in numbers]) == len(PARAMETERS)
    assert (await safety.client().get("/v1/rules")).status_code == 401
