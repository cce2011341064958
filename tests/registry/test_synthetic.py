"""The demonstration district: true size, the same every time, valid, marked, and wrong only where planned."""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from itertools import chain, pairwise
from pathlib import Path
from time import perf_counter
from uuid import UUID

import pytest

from services.registry import data
from services.registry.ages.rules import school_year, suits
from services.registry.classes.codes import ClassKind
from services.registry.classes.rules import OVERSIZE, SERIOUSLY_OVERSIZE, class_findings, kindergarten_findings
from services.registry.enrolments.codes import Entry, Exit
from services.registry.identifiers.rules import (
    birth_of,
    credit_code_findings,
    document_findings,
    is_synthetic,
    resident_id_fault,
    resident_id_findings,
    school_code_findings,
)
from services.registry.kindergartens.codes import Status, Type
from services.registry.kindergartens.rules import (
    LICENCE_EXPIRED,
    LICENCE_EXPIRING,
    licence_finding,
    registration_finding,
    status_refusal,
    type_change_refusal,
    type_refusal,
)
from services.registry.parameters.rules import Parameter
from services.registry.seed.rows import District, Enrolment
from services.registry.seed.synthetic import SEED, TODAY, digest, district
from services.registry.seed.truth import enrolled, truth, types_on
from shared.tables import FOREVER

IN_FORCE = [Parameter.read(row) for row in data.document("parameters")["parameters"]]
YEAR = school_year(TODAY)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made() -> District:
    return district()


@pytest.fixture(scope="module")
def stays(made: District) -> dict[UUID, list[Enrolment]]:
    found: dict[UUID, list[Enrolment]] = defaultdict(list)
    for enrolment in made.enrolments:
        found[enrolment.child].append(enrolment)
    return found


def planted(made: District, *kinds: str) -> set[UUID]:
    return {fault.row for fault in made.faults if fault.kind in kinds}


def test_it_has_the_published_size(made: District) -> None:
    current = [room for room in made.classes if room.school_year == YEAR]
    assert (len(made.kindergartens), len(current)) == (75, 386)
    assert {room.school_year for room in made.classes} == {YEAR - 2, YEAR - 1, YEAR}
    assert 9_500 <= len(list(enrolled(made, TODAY))) <= 10_500


def test_it_has_every_kind_of_institution(made: District) -> None:
    assert {k.relation for k in made.kindergartens} == {None, "branch", "attached"}
    assert len(made.groups) == 2
    assert any(campus.kindergarten for campus in made.campuses)
    assert {k.founder_code for k in made.kindergartens} >= {"831", "892", "893", "894", "999"}
    assert {k.school_type for k in made.kindergartens} == {"111", "112", "119"}
    towns = {row["code"] for row in data.rows("divisions") if row["level"] == "town"} - {"110116400"}
    assert {k.division[:9] for k in made.kindergartens if k.town_centre} == towns


def test_its_three_targets_are_near_their_thresholds(made: District) -> None:
    figures = truth(made, TODAY)
    shares = {name: figure.numerator / figure.denominator for name, figure in figures.items()}
    assert 0.98 <= shares["enrolment_rate_3y"] <= 0.985
    assert 0.915 <= shares["inclusive_coverage"] <= 0.93
    assert 0.54 <= shares["public_share"] <= 0.57
    assert figures["classes"].numerator == 386


def test_towns_add_up_to_the_district(made: District) -> None:
    whole = truth(made, TODAY)
    towns = [truth(made, TODAY, town) for town in sorted({k.division[:9] for k in made.kindergartens})]
    for name, figure in whole.items():
        assert figure.numerator == sum(town[name].numerator for town in towns)


def test_the_same_seed_makes_the_same_district_in_every_process(made: District) -> None:
    """A new process hashes strings differently: no order may depend on it."""
    program = "from services.registry.seed.synthetic import digest, district; print(digest(district()))"
    environment = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment, cwd=ROOT
    )
    assert done.stdout.decode().strip() == digest(made)


def test_another_seed_makes_another_district_of_the_same_size(made: District) -> None:
    other = district(SEED + 1)
    assert digest(other) != digest(made)
    assert len([room for room in other.classes if room.school_year == YEAR]) == 386
    assert {k.id for k in other.kindergartens}.isdisjoint(k.id for k in made.kindergartens)


@pytest.mark.parametrize("on", [date(2026, 9, 1), date(2027, 8, 31), date(2028, 2, 29)])
def test_it_can_be_shown_on_any_day(on: date) -> None:
    shown = district(on=on)
    assert len([room for room in shown.classes if room.school_year == school_year(on)]) == 386
    assert all(e.since <= on for e in shown.enrolments)


def test_it_is_made_in_seconds() -> None:
    started = perf_counter()
    district()
    assert perf_counter() - started < 5


def test_every_row_is_marked(made: District) -> None:
    tables = [field.name for field in fields(made) if field.name not in {"seed", "on", "faults"}]
    for table in tables:
        rows = getattr(made, table)
        assert rows
        assert all(row.synthetic for row in rows), table
    assert all("（演示）" in k.name and "（演示）" in k.licence_number for k in made.kindergartens)
    names = chain((child.name for child in made.children), (guardian.name for guardian in made.guardians))
    assert all(name.endswith("·演示") for name in names)
    assert all("演示" in p.source for p in made.populations)


def test_ids_are_unique_and_of_version_seven(made: District) -> None:
    tables = [field.name for field in fields(made) if field.name not in {"seed", "on", "faults", "populations"}]
    ids = [row.id for table in tables for row in getattr(made, table)]
    assert len(ids) == len(set(ids))
    assert {each.version for each in ids} == {7}


def test_every_identifier_is_valid_and_belongs_to_nobody(made: District) -> None:
    contradicted = planted(made, "document-contradicts-birth")
    for child in made.children:
        assert document_findings(child.document_type, child.document_number, TODAY) == []
        if child.document_type == "1":
            assert resident_id_findings(child.document_number, TODAY, child.birth_date, child.sex) == []
            assert is_synthetic(child.document_number)
        elif child.id not in contradicted:
            assert child.document_number.startswith("YS")
    for guardian in made.guardians:
        assert resident_id_findings(guardian.document_number, TODAY) == []
        assert is_synthetic(guardian.document_number)
        assert guardian.phone.startswith("169")
        assert len(guardian.phone) == 11
    numbers = [child.document_number for child in made.children]
    numbers += [guardian.document_number for guardian in made.guardians]
    assert len(numbers) == len(set(numbers))


def test_kindergartens_have_valid_codes_of_no_authority(made: District) -> None:
    for k in made.kindergartens:
        if k.credit_code:
            assert credit_code_findings(k.credit_code) == []
            assert k.credit_code[2:8] == "110199"
        assert (k.school_code is None) == (k.relation == "attached")
        if k.school_code:
            assert school_code_findings(k.school_code) == []
            assert k.school_code[4:] > "990000"
    codes = [k.school_code for k in made.kindergartens if k.school_code]
    assert len(codes) == len(set(codes))


def test_about_one_in_a_hundred_has_another_document(made: District) -> None:
    others = [child for child in made.children if child.document_type != "1"]
    assert 0.005 < len(others) / len(made.children) < 0.02


def test_codes_and_divisions_exist(made: District) -> None:
    lists = {name: {row["code"] for row in data.rows(f"codes/{name}")} for name in data.code_lists()}
    divisions = {row["code"] for row in data.rows("divisions")}
    for child in made.children:
        assert child.residence_division in divisions
        assert child.household_division in divisions or len(child.household_division) == 6
        assert child.ethnicity in lists["ethnicity"]
        assert child.document_type in lists["document_type"]
        assert child.overseas_kind in lists["overseas_kind"]
        assert child.household_kind in lists["household_kind"]
        assert child.left_behind in lists["left_behind"]
        assert child.disability_kind in lists["disability_kind"] | {None}
    assert {guardian.relation for guardian in made.guardians} <= lists["relation"]
    assert {k.urban_rural_code for k in made.kindergartens} <= lists["urban_rural_code"]
    assert {p.basis for p in made.populations} <= lists["population_basis"]


def test_manchu_children_are_many_in_the_manchu_townships(made: District) -> None:
    homes = {k.id: k.division[:9] for k in made.kindergartens}
    shares: dict[bool, Counter[bool]] = {True: Counter(), False: Counter()}
    for child in made.children:
        if child.kindergarten:
            shares[homes[child.kindergarten] in {"110116211", "110116213"}][child.ethnicity == "11"] += 1
    assert shares[True][True] / shares[True].total() > 0.25
    assert shares[False][True] / shares[False].total() < 0.1


def test_nobody_is_in_two_places_at_once(made: District, stays: dict[UUID, list[Enrolment]]) -> None:
    for periods in stays.values():
        for before, after in pairwise(periods):
            assert before.until <= after.since
            assert after.previous_until == before.until
        assert periods[0].previous_until is None
    assert all(e.since < e.until for e in made.enrolments)
    assert all((e.until == FOREVER) == (e.reason_out is None) for e in made.enrolments)
    assert stays.keys() == {child.id for child in made.children}


def test_enrolments_keep_within_the_school_year_of_their_class(made: District) -> None:
    rooms = {room.id: room for room in made.classes}
    for e in made.enrolments:
        room = rooms[e.class_id]
        assert e.kindergarten == room.kindergarten
        assert room.since <= e.since < room.until
        assert e.until == FOREVER or e.until <= room.until
        assert e.until != FOREVER or room.school_year == YEAR


def test_the_children_of_a_class_move_up_together(made: District, stays: dict[UUID, list[Enrolment]]) -> None:
    rooms = {room.id: room for room in made.classes}
    after_leaving = planted(made, "promotion-after-leave")
    for child, periods in stays.items():
        for before, after in pairwise(periods):
            if after.reason_in is Entry.PROMOTION and child not in after_leaving:
                assert (before.reason_out, before.until) == (Exit.PROMOTION, after.since)
                assert rooms[after.class_id].continues in {before.class_id, None}
            if after.reason_in is Entry.TRANSFER:
                assert (before.reason_out, before.until) == (Exit.TRANSFER, after.since)
                assert before.kindergarten != after.kindergarten


def test_a_child_stands_where_it_is_enrolled_now(made: District, stays: dict[UUID, list[Enrolment]]) -> None:
    for child in made.children:
        last = stays[child.id][-1]
        assert child.kindergarten == (last.kindergarten if last.until == FOREVER else None)
        assert child.division == (last.division if last.until == FOREVER else child.residence_division)


def test_no_class_is_ever_above_its_hard_limit_and_only_planned_ones_are_oversize(made: District) -> None:
    rooms = {room.id: room for room in made.classes}
    moves: dict[UUID, Counter[date]] = defaultdict(Counter)
    for e in made.enrolments:
        moves[e.class_id][e.since] += 1
        moves[e.class_id][e.until] -= 1
    oversize = planted(made, "class-oversize", "class-seriously-oversize")
    for room_id, changes in moves.items():
        present = peak = 0
        for day in sorted(changes):
            present += changes[day]
            peak = max(peak, present)
        assert peak <= rooms[room_id].hard_limit
        assert (peak > rooms[room_id].standard_size) == (room_id in oversize)


def test_types_and_statuses_follow_the_rules(made: District) -> None:
    for k in made.kindergartens:
        types = [t for t in made.types if t.kindergarten == k.id]
        assert type_refusal(k.founder_code, types[-1].type, for_profit=k.for_profit) is None
        for before, after in pairwise(types):
            assert before.until == after.since
            assert type_change_refusal(k.founder_code, before.type, after.type, for_profit=k.for_profit) is None
        statuses = [s for s in made.statuses if s.kindergarten == k.id]
        for earlier, later in pairwise(statuses):
            assert earlier.until == later.since
            assert status_refusal(earlier.status, later.status) is None
        assert (types[-1].until, statuses[-1].until) == (FOREVER, FOREVER)
        assert statuses[-1].status is Status.OPERATING


def test_one_kindergarten_became_inclusive_and_one_stopped_being_so(made: District) -> None:
    before, after = types_on(made, date(YEAR - 1, 8, 31)), types_on(made, TODAY)
    changed = sorted((before[k], after[k]) for k in before if before[k] is not after[k])
    assert changed == [(Type.INCLUSIVE_PRIVATE, Type.PRIVATE), (Type.PRIVATE, Type.INCLUSIVE_PRIVATE)]


def test_nobody_is_in_a_kindergarten_that_does_not_operate(made: District) -> None:
    closed = [s for s in made.statuses if s.status is not Status.OPERATING]
    assert {s.status for s in closed} == {Status.PROPOSED, Status.PREPARING, Status.SUSPENDED}
    for s in closed:
        inside = [e for e in made.enrolments if e.kindergarten == s.kindergarten]
        assert all(e.until <= s.since or e.since >= s.until for e in inside)


CHECKS: dict[str, Callable[[District], set[UUID]]] = {}


def check(kind: str) -> Callable[[Callable[[District], set[UUID]]], Callable[[District], set[UUID]]]:
    def kept(found: Callable[[District], set[UUID]]) -> Callable[[District], set[UUID]]:
        CHECKS[kind] = found
        return found

    return kept


def sizes(made: District) -> Counter[UUID]:
    return Counter(e.class_id for e in enrolled(made, TODAY))


def current_findings(made: District, finding: object) -> set[UUID]:
    children = sizes(made)
    current = [room for room in made.classes if room.school_year == YEAR]
    return {room.id for room in current if finding in class_findings(IN_FORCE, room.kind, children[room.id], TODAY)}


@check("class-oversize")
def oversize(made: District) -> set[UUID]:
    return current_findings(made, OVERSIZE)


@check("class-seriously-oversize")
def seriously_oversize(made: District) -> set[UUID]:
    return current_findings(made, SERIOUSLY_OVERSIZE)


@check("class-empty")
def empty(made: District) -> set[UUID]:
    children = sizes(made)
    return {room.id for room in made.classes if room.school_year == YEAR and not children[room.id]}


@check("kindergarten-oversize")
def too_large(made: District) -> set[UUID]:
    whole = Counter(e.kindergarten for e in enrolled(made, TODAY))
    return {k for k, children in whole.items() if kindergarten_findings(IN_FORCE, children, TODAY)}


@check("licence-expired")
def expired(made: District) -> set[UUID]:
    return {
        k.id for k in made.kindergartens if licence_finding(IN_FORCE, k.licence_expires_on, TODAY) is LICENCE_EXPIRED
    }


@check("licence-expiring")
def expiring(made: District) -> set[UUID]:
    return {
        k.id for k in made.kindergartens if licence_finding(IN_FORCE, k.licence_expires_on, TODAY) is LICENCE_EXPIRING
    }


@check("licensed-not-registered")
def unregistered(made: District) -> set[UUID]:
    return {
        k.id
        for k in made.kindergartens
        if registration_finding(
            licensed=bool(k.licence_number), credit_code=k.credit_code, own_legal_person=k.relation is None
        )
    }


@check("class-age-mismatch")
def misplaced(made: District) -> set[UUID]:
    rooms = {room.id: room for room in made.classes}
    births = {child.id: child.birth_date for child in made.children}
    return {
        e.child
        for e in made.enrolments
        if not suits(rooms[e.class_id].kind, births[e.child], rooms[e.class_id].school_year)
    }


@check("document-contradicts-birth")
def contradicted(made: District) -> set[UUID]:
    return {
        child.id
        for child in made.children
        if child.document_type != "1"
        and resident_id_fault(child.document_number, f"{TODAY:%Y%m%d}") is None
        and birth_of(child.document_number) != child.birth_date
    }


@check("promotion-after-leave")
def promoted_after_leaving(made: District) -> set[UUID]:
    ends = {(e.child, e.until): e.reason_out for e in made.enrolments}
    return {
        e.child
        for e in made.enrolments
        if e.reason_in is Entry.PROMOTION and e.previous_until and ends[e.child, e.previous_until] is Exit.LEFT
    }


@check("possible-duplicate-child")
def entered_twice(made: District) -> set[UUID]:
    first: dict[tuple[str, str, date], UUID] = {}
    return {
        child.id
        for child in made.children
        if first.setdefault((child.name, child.sex, child.birth_date), child.id) != child.id
    }


@check("child-without-guardian")
def unguarded(made: District) -> set[UUID]:
    return {child.id for child in made.children} - {guardian.child for guardian in made.guardians}


def test_every_kind_of_fault_has_a_check(made: District) -> None:
    assert {fault.kind for fault in made.faults} == CHECKS.keys()


@pytest.mark.parametrize("kind", list(CHECKS))
@pytest.mark.parametrize("seed", [SEED, 7])
def test_a_check_finds_exactly_what_was_planted(made: District, kind: str, seed: int) -> None:
    shown = made if seed == SEED else other_district(seed)
    assert CHECKS[kind](shown) == planted(shown, kind)


OTHERS: dict[int, District] = {}


def other_district(seed: int) -> District:
    if seed not in OTHERS:
        OTHERS[seed] = district(seed)
    return OTHERS[seed]


def test_faults_are_named_and_explained(made: District) -> None:
    ids = [fault.id for fault in made.faults]
    assert len(ids) == len(set(ids)) == 38
    assert all(fault.zh and fault.en for fault in made.faults)
    assert {fault.table for fault in made.faults} == {"kindergartens", "classes", "children"}


def test_the_suspended_kindergartens_children_were_taken_in_elsewhere(made: District) -> None:
    (suspended,) = [s for s in made.statuses if s.status is Status.SUSPENDED]
    before = [e for e in made.enrolments if e.kindergarten == suspended.kindergarten and e.until == suspended.since]
    moved = [e for e in before if e.reason_out is Exit.TRANSFER]
    assert len(moved) > 0.9 * len(before) > 0
    assert not [
        e for e in enrolled(made, suspended.since + timedelta(days=1)) if e.kindergarten == suspended.kindergarten
    ]


def test_nursery_children_are_two_years_old_and_in_no_rate(made: District) -> None:
    rooms = {room.id: room for room in made.classes}
    nursery = [e for e in enrolled(made, TODAY) if rooms[e.class_id].kind is ClassKind.NURSERY]
    figures = truth(made, TODAY)
    assert nursery
    assert figures["inclusive_coverage"].denominator == figures["children_enrolled"].numerator - len(nursery)
