"""Published lists, the plan and dated parameters, from the files beside this module (their sources: SOURCES.csv)."""

import csv
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one CSV by its path without suffix, such as `divisions` or `codes/sex`; an empty cell is ''."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(name: str) -> Any:
    """One JSON document by its path without suffix, such as `plan/clauses` or `parameters`."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def code_lists() -> list[str]:
    """The names of all code lists, in alphabetical order."""
    return sorted(path.stem for path in (FOLDER / "codes").glob("*.csv"))
