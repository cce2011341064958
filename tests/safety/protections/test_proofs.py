"""What proves that the duties of 三(二)4 are done, clause by clause; each missing paper or book is named."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.safety.parameters.published import PARAMETERS
from services.safety.protections.proofs import Papers, proofs
from services.safety.protections.schemas import ProtectionOut, ProtectionProofRow
from services.safety.timers.rules import months_after
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.safety.protections.test_protections import ON, filed, sound
from tests.stack import Service

BOOKS = ("gate_person", "hand_over", "video_operation", "patrol")
WHOLE = Papers(
    rules=(ON,), responsibility_signed_on=months_after(ON, -12), responsibility_filed=True, duties=3,
    officer_filed=True, closed_management_filed=True, video_signs=True, video_filing_number="演示1",
    operators=(("V1", True),), logged=dict.fromkeys(BOOKS, ON - timedelta(31)),
)  # fmt: skip
PROFILE = replace(sound(), video_filed_on=ON)


def unproven(papers: Papers, gaps: set[str] | None = None, on: date = ON) -> set[str]:
    return {each.clause[-1] for each in proofs(PARAMETERS, PROFILE, papers, gaps or set(), on) if each.missing}


@pytest.mark.parametrize(
    ("fields", "clauses"),
    [
        ({}, set()),
        ({"rules": ()}, {"a"}),
        ({"rules": (ON + timedelta(1),)}, {"a"}),
        ({"responsibility_signed_on": months_after(ON, -12) - timedelta(1)}, {"b"}),
        ({"responsibility_filed": False}, {"b"}),
        ({"duties": 0}, {"b"}),
        ({"officer_filed": False}, {"c"}),
        ({"closed_management_filed": False}, {"e"}),
        ({"logged": dict.fromkeys(BOOKS, ON - timedelta(32))}, {"e", "i", "n"}),
        ({"video_signs": False}, {"i"}),
        ({"video_filing_number": ""}, {"i"}),
        ({"operators": ()}, {"i"}),
        ({"operators": (("V1", True), ("V2", False))}, {"i"}),
    ],
)
def test_each_proof_on_both_sides(fields: dict[str, Any], clauses: set[str]):
    assert unproven(replace(WHOLE, **fields)) == clauses


@pytest.mark.parametrize(
    ("rule", "clause"),
    [("SAF-01", "f"), ("SAF-02", "c"), ("SAF-03", "h"), ("SAF-04", "h"), ("SAF-07", "i"), ("SAF-08", "g")],
)
def test_a_rule_not_met_leaves_its_duty_unproven(rule: str, clause: str):
    assert unproven(WHOLE, {rule}) == {clause}


async def test_papers_are_filed_books_are_kept_and_every_clause_is_proven(safety: Service):
    garden = await given.kindergarten(safety)
    principal, officer = safety.client(("principal", f"k:{garden}")), safety.client(OFFICER)
    bare = ProtectionOut.model_validate_json((await principal.put(f"/v1/protections/{garden}", json=filed())).content)
    assert {each.clause[-1] for each in bare.proofs if not each.proven} == {"a", "b", "c", "e", "g", "i", "n"}
    scan = await given.photo(principal, garden)
    papers = {
        "rules": [{"title": "门卫制度", "version": "1", "since": str(TODAY), "file": scan}],
        "responsibility_file": scan, "duties": ["每周带队检查"], "officer_file": scan,
        "closed_management_file": scan, "video_signs": True,
        "video_filing_number": "演示1",
        "video_operators": [{"code": "V1", "vetted_on": str(TODAY), "confidentiality_signed_on": str(TODAY)}],
    }  # fmt: skip
    whole = filed(papers=papers, responsibility_signed_on=str(TODAY), video_filed_on=str(TODAY))
    answer = await principal.put(f"/v1/protections/{garden}", json=whole)
    assert answer.status_code == 200, answer.text
    for kind in BOOKS:
        new: dict[str, Any] = {"kindergarten": str(garden), "kind": kind, "label": "演示", "authorised": True}
        assert (await principal.post("/v1/site-logs", json=new)).status_code == 201
    test = {"tested_on": str(TODAY), "passed": True}
    await principal.post(f"/v1/protections/{garden}/alarm-tests", json=test)
    rows = await officer.get("/v1/protection-proofs", params={"proven": True})
    assert rows.status_code == 200, rows.text
    assert [ProtectionProofRow.model_validate(each).clause[-1] for each in rows.json()] == list("abcefghin")
    left = await officer.get("/v1/protection-proofs", params={"kindergarten": str(garden), "proven": False})
    assert left.json() == []
    foreign = filed(papers={"responsibility_file": str(garden)})
    assert (await principal.put(f"/v1/protections/{garden}", json=foreign)).json()["code"] == "file-unknown"
