"""What is published of an allocation so that anybody can repeat it: pseudonyms, groups and lots, nothing personal.

A document is JSON in one spelling (keys in order, no blanks, UTF-8), so that its SHA-256 says it exactly. To repeat an
allocation: order the applications of each programme by `group`, then by SHA-256 of seed and number written one after
the other; let each application ask its wishes in turn; let each programme keep those first in its order.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.registry.admissions.priorities import Applicant, Place, Priorities, groups, order, standing
from services.registry.admissions.rules import Market, allocate, waiting_lists

FORMAT = "huaiyou-admission-1"
ALGORITHM = "student-proposing deferred acceptance; order: group, then lot; lot: hex(sha256(ascii(seed + number)))"


@dataclass(frozen=True, slots=True)
class Offered:
    """A programme as the document names it, and what decides the order there."""

    id: str
    kind: str
    name: str
    seats: int
    place: Place


@dataclass(frozen=True, slots=True)
class Wishing:
    """An application: its number, what decides its standing, its wishes and how far each is."""

    number: str
    applicant: Applicant
    wishes: Sequence[str]
    bands: Sequence[int | None]


def spelt(document: Any) -> str:
    """The one spelling of a document."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def inputs(
    about: Mapping[str, Any], priorities: Priorities, offered: Iterable[Offered], wishing: Iterable[Wishing]
) -> dict[str, Any]:
    """The inputs document; `about` is the round, its year, stage and commitment."""
    programmes = {each.id: each for each in offered}
    applications = sorted(wishing, key=lambda each: each.number)
    standings: dict[str, dict[str, tuple[int, ...]]] = {programme: {} for programme in programmes}
    for each in applications:
        for wish, band in zip(each.wishes, each.bands, strict=True):
            standings[wish][each.number] = standing(priorities, each.applicant, programmes[wish].place, band)
    grouped = {programme: groups(found) for programme, found in standings.items()}
    return {
        "format": FORMAT,
        "algorithm": ALGORITHM,
        **about,
        "priorities": {"version": priorities.version, "document": priorities.document},
        "programmes": [
            {
                "id": each.id,
                "kindergarten": each.place.kindergarten,
                "kindergarten_name": each.name,
                "kind": each.kind,
                "seats": each.seats,
            }
            for each in sorted(programmes.values(), key=lambda each: each.id)
        ],
        "applications": [
            {
                "number": each.number,
                "wishes": list(each.wishes),
                "groups": [grouped[wish][each.number] for wish in each.wishes],
            }
            for each in applications
        ],
    }


def market(document: Mapping[str, Any], seed: str) -> Market:
    """The market an inputs document and its seed say."""
    grouped: dict[str, dict[str, int]] = {each["id"]: {} for each in document["programmes"]}
    for each in document["applications"]:
        for wish, group in zip(each["wishes"], each["groups"], strict=True):
            grouped[wish][each["number"]] = group
    return Market(
        {each["id"]: each["seats"] for each in document["programmes"]},
        {each["number"]: each["wishes"] for each in document["applications"]},
        {programme: order(found, seed) for programme, found in grouped.items()},
    )


def result(document: Mapping[str, Any], inputs_hash: str, seed: str) -> dict[str, Any]:
    """The result document: who has which programme, and who waits where, in turn."""
    made_from = market(document, seed)
    made = allocate(made_from)
    waiting = waiting_lists(made_from, made)
    return {
        "format": FORMAT,
        "round": document["round"],
        "inputs_hash": inputs_hash,
        "seed": seed,
        "allocation": [{"number": number, "programme": made[number]} for number in sorted(made)],
        "waiting": [{"programme": each, "numbers": waiting[each]} for each in sorted(waiting)],
    }
