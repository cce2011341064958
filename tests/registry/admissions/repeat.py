"""Repeats an allocation from what was published, with the standard library alone: `python repeat.py inputs result`.

It follows the words of the publication, not the service's code: whole rounds of proposals instead of one proposer at a
time, sorting instead of heaps.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def spelt(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def keys(inputs: Json, seed: str) -> dict[tuple[str, str], tuple[int, str]]:
    """What a programme compares its applications by: group, then lot."""
    return {
        (wish, each["number"]): (group, sha256(seed + each["number"]))
        for each in inputs["applications"]
        for wish, group in zip(each["wishes"], each["groups"], strict=True)
    }


def allocation(inputs: Json, seed: str) -> dict[str, str | None]:
    """Everybody without a place asks the next wish at once; each programme keeps its first and lets the others go."""
    key = keys(inputs, seed)
    seats = {each["id"]: each["seats"] for each in inputs["programmes"]}
    wishes = {each["number"]: list(each["wishes"]) for each in inputs["applications"]}
    kept: dict[str, list[str]] = {programme: [] for programme in seats}
    while True:
        placed = {number for there in kept.values() for number in there}
        asking = [number for number, left in wishes.items() if number not in placed and left]
        if not asking:
            break
        for number in asking:
            kept[wishes[number].pop(0)].append(number)
        for programme, there in kept.items():
            there.sort(key=lambda number: key[programme, number])  # used at once
            del there[seats[programme] :]
    found: dict[str, str | None] = dict.fromkeys(sorted(wishes))
    return found | {number: programme for programme, there in kept.items() for number in there}


def waiting(inputs: Json, seed: str, made: dict[str, str | None]) -> dict[str, list[str]]:
    """Of each programme those who wish for it more than for what they got, in its order."""
    key = keys(inputs, seed)
    lines: dict[str, list[str]] = {each["id"]: [] for each in inputs["programmes"]}
    for each in inputs["applications"]:
        got = made[each["number"]]
        dearer = each["wishes"][: each["wishes"].index(got)] if got else each["wishes"]
        for wish in dearer:
            lines[wish].append(each["number"])
    return {
        programme: sorted(line, key=lambda number: key[programme, number]) for programme, line in sorted(lines.items())
    }


def repeat(inputs: Json) -> str:
    """The result document as it must have been published. Raises AssertionError when a hash does not hold."""
    document, seed = inputs["inputs"], inputs["seed"]
    assert sha256(spelt(document)) == inputs["hash"], "the inputs are not those of their hash"
    assert sha256(seed) == document["seed_commitment"], "the seed is not the one that was committed to"
    made = allocation(document, seed)
    lines = waiting(document, seed, made)
    return spelt(
        {
            "format": document["format"],
            "round": document["round"],
            "inputs_hash": inputs["hash"],
            "seed": seed,
            "allocation": [{"number": number, "programme": made[number]} for number in sorted(made)],
            "waiting": [{"programme": programme, "numbers": lines[programme]} for programme in lines],
        }
    )


if __name__ == "__main__":
    given, published = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    again = repeat(given)
    same = again == spelt(published["result"]) and sha256(again) == published["hash"]
    sys.stdout.write("identical\n" if same else "different\n")
    raise SystemExit(not same)
