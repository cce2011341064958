"""A case as its reader sees it: with every verb, whether they may do it now, and if not why."""

import json
from types import SimpleNamespace
from typing import Any

from fastapi import Response, status

from services.finance.permissions import ROLES
from shared.auth import Actor
from shared.days import today
from shared.etags import tagged
from shared.machine import Machine, offered
from shared.offers import held_at


def offering(machine: Machine, row: tuple[Any, ...], caller: Actor, code: int = status.HTTP_200_OK) -> Response:
    """The JSON and the version of a case, answered with `actions`."""
    body, version = row
    case: dict[str, Any] = json.loads(body)
    may = held_at(ROLES, caller, case["division"], case["kindergarten"])
    case["actions"] = offered(machine, SimpleNamespace(**case), caller.id, may, today())
    return tagged(json.dumps(case, ensure_ascii=False), version, code)
