"""Frameworks: versioned data whose words say where they come from."""

from collections import Counter
from typing import Any

from services.quality.frameworks.schemas import FrameworkOut, FrameworkPage
from shared.ids import new_id
from tests.quality import given
from tests.stack import Service


def form(**changes: Any) -> dict[str, Any]:
    items = [
        {"code": "A", "level": "area", "text": "户外活动"},
        {"code": "A1", "parent": "A", "level": "point", "text": "户外活动不少于2小时", "answer": "yes_no"},
    ]
    return {"kind": "form", "title": "区级观察表", "authority": "区教委", "items": items} | changes


def address() -> str:
    return f"/v1/frameworks/form-{str(new_id())[-12:]}/editions"


async def test_the_guide_has_5_areas_15_indicators_and_48_points_each_with_the_status_of_its_words(quality: Service):
    answer = await quality.client(given.OFFICER).get("/v1/frameworks/guide/editions/2022")
    guide = FrameworkOut.model_validate_json(answer.content)
    assert Counter(each.level for each in guide.items) == {"area": 5, "indicator": 15, "point": 48}
    points = [each for each in guide.items if each.level == "point"]
    assert Counter(each.text_status for each in points) == {"from_memory": 46, "missing": 2}
    assert [each.code for each in points if each.text is None] == ["P02", "P48"]
    assert all(each.text_status == "official" and each.tag == "verified" for each in guide.items if each not in points)
    codes = {each.code for each in guide.items}
    assert all(each.parent in codes for each in guide.items if each.parent)
    assert not any("排名" in (each.text or "") for each in guide.items)


async def test_the_supervision_of_2023_adds_management_and_says_what_is_not_known(quality: Service):
    answer = await quality.client(given.OFFICER).get("/v1/frameworks/supervision/editions/2023")
    found = FrameworkOut.model_validate_json(answer.content)
    assert [each.text for each in found.items][-1] == "内部管理"
    assert len(found.items) == 6
    assert "未核实" in found.note
    assert {each.text_status for each in found.items} == {"from_memory"}


async def test_the_weights_of_the_city_are_3_5_2(quality: Service):
    answer = await quality.client(given.OFFICER).get("/v1/frameworks/beijing-supervision/editions/trial")
    found = FrameworkOut.model_validate_json(answer.content)
    assert [str(each.weight) for each in found.items if each.level == "area"] == ["3.000", "5.000", "2.000"]


async def test_ten_norms_of_conduct_are_there(quality: Service):
    answer = await quality.client(given.OFFICER).get("/v1/frameworks/ethics-norms/editions/2018")
    found = FrameworkOut.model_validate_json(answer.content)
    assert [each.text_status for each in found.items] == ["official"] * 8 + ["from_memory"] * 2


async def test_a_draft_is_replaced_until_it_is_published_and_never_after(quality: Service):
    officer, path = quality.client(given.OFFICER), address()
    assert (await officer.put(f"{path}/1", json=form())).status_code == 201
    again = await officer.put(f"{path}/1", json=form(title="区级半日观察表"))
    assert (again.status_code, again.json()["title"]) == (200, "区级半日观察表")
    published = await officer.post(f"{path}/1/publications", json={"since": "2026-01-01"})
    assert (published.status_code, published.json()["state"]) == (201, "published")
    refused = await officer.put(f"{path}/1", json=form())
    assert (refused.status_code, refused.json()["code"]) == (409, "published-edition-never-changes")


async def test_the_next_edition_ends_the_one_before(quality: Service):
    officer, path = quality.client(given.OFFICER), address()
    code = path.split("/")[3]
    for edition, since in (("1", "2026-01-01"), ("2", "2026-09-01")):
        await officer.put(f"{path}/{edition}", json=form())
        assert (await officer.post(f"{path}/{edition}/publications", json={"since": since})).status_code == 201
    for day, edition in (("2026-08-31", "1"), ("2026-09-01", "2")):
        page = await officer.get("/v1/frameworks", params={"code": code, "as_of": day})
        assert [each.edition for each in FrameworkPage.model_validate_json(page.content).items] == [edition]
    await officer.put(f"{path}/3", json=form())
    late = await officer.post(f"{path}/3/publications", json={"since": "2026-03-01"})
    assert (late.status_code, late.json()["code"]) == (409, "edition-already-followed")


async def test_official_words_come_as_the_next_edition_of_a_national_framework(quality: Service):
    officer, path = quality.client(given.OFFICER), "/v1/frameworks/ethics-norms/editions"
    item = {"code": "N01", "level": "point", "text": "坚定政治方向", "text_status": "official", "source": "教育部官网"}
    put = form(kind="norms", title="新时代幼儿园教师职业行为十项准则(正式文本)", items=[item])
    assert (await officer.put(f"{path}/2018-official", json=put)).status_code == 201
    published = await officer.post(f"{path}/2018-official/publications", json={"since": "2090-01-01"})
    assert published.status_code == 201, published.text
    before = await officer.get(f"{path}/2018")
    assert before.json()["until"] == "2090-01-01"
    statements = (
        "UPDATE frameworks SET until = '9999-12-31' WHERE code = 'ethics-norms' AND edition = '2018'",
        "DELETE FROM framework_items WHERE framework IN (SELECT id FROM frameworks WHERE edition = '2018-official')",
        "DELETE FROM frameworks WHERE edition = '2018-official'",
    )
    for each in statements:
        await quality.database.fetch(each)


async def test_a_form_that_scores_children_is_refused_with_the_place(quality: Service):
    items = [
        *form()["items"],
        {"code": "A2", "parent": "A", "level": "point", "text": "每名幼儿语言得分", "answer": "count"},
    ]
    refused = await quality.client(given.OFFICER).put(f"{address()}/1", json=form(items=items))
    assert (refused.status_code, refused.json()["code"]) == (422, "children-are-not-scored")
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/items/2"]
    assert "教基〔2022〕1号" in refused.json()["hint"]


async def test_an_item_cannot_be_about_a_child(quality: Service):
    items = [{"code": "A", "level": "area", "text": "表现", "child": str(new_id()), "score": 5}]
    refused = await quality.client(given.OFFICER).put(f"{address()}/1", json=form(items=items))
    assert refused.status_code == 422
    assert {each["pointer"] for each in refused.json()["errors"]} == {"/items/0/child", "/items/0/score"}


async def test_items_fit_together_and_missing_texts_are_marked(quality: Service):
    officer = quality.client(given.OFFICER)
    loose = form(items=[{"code": "P", "parent": "X", "level": "point", "text": "无上级"}])
    assert (await officer.put(f"{address()}/1", json=loose)).json()["code"] == "items-do-not-fit"
    silent = form(items=[{"code": "P", "level": "point", "text": None}])
    assert (await officer.put(f"{address()}/1", json=silent)).json()["code"] == "text-is-missing"
    marked = form(items=[{"code": "P", "level": "point", "text": None, "text_status": "missing"}])
    assert (await officer.put(f"{address()}/1", json=marked)).status_code == 201


async def test_only_the_quality_office_writes_frameworks(quality: Service):
    for grant in (("principal", f"k:{new_id()}"), given.LEADER, ("integration", given.DISTRICT)):
        refused = await quality.client(grant).put(f"{address()}/1", json=form())
        assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
