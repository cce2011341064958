"""The committed `openapi.json` of every program.

`python -m deploy.openapi` writes them from the code, `--check` names those that drifted.
"""

import importlib
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from deploy.settings import CHECKOUT, PROGRAMS, folder, package

LEVELS = 4  # document, paths, operation, its parts
# Describing an application opens no connection, but building one wants its settings.
_SETTINGS = {"HUAIYOU_APP_DATABASE_URL": "postgresql://nobody@localhost/nothing"}


def described(program: str) -> str:
    """The OpenAPI document of a program, as it is committed."""
    app = importlib.import_module(f"{package(program)}.app").create_app()
    # The gateway answers with everyone's document; its own part is what stands in its folder.
    own = getattr(app.state, "own_openapi", app.openapi)
    return _lines(own(), LEVELS) + "\n"


def _lines(value: Any, levels: int) -> str:
    """JSON with a line for each thing down to that level, such as a part of an operation: so a change says where."""
    if not levels or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "{\n" + ",\n".join(f"{json.dumps(name)}:{_lines(each, levels - 1)}" for name, each in value.items()) + "\n}"


def main(arguments: Sequence[str]) -> int:
    """Write or check; 1 when a document differs."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    drifted = []
    for program in PROGRAMS:
        file, now = folder(program) / "openapi.json", described(program)
        if file.exists() and file.read_text(encoding="utf-8") == now:
            continue
        drifted.append(str(file.relative_to(CHECKOUT)))
        if "--check" not in arguments:
            file.write_text(now, encoding="utf-8")
    if drifted and "--check" in arguments:
        sys.stdout.write(f"Not what the code says: {', '.join(drifted)}. Run `make openapi` and commit.\n")
        return 1
    sys.stdout.write(f"Written: {', '.join(drifted)}.\n" if drifted else "Nothing to write.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
