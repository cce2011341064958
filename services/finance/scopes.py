"""Whose decisions bind the whole district."""

from http import HTTPStatus
from typing import Final

from shared.auth import Actor
from shared.errors import DomainError

DISTRICT: Final = 6  # digits of a district's division code


class DistrictDecides(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "该事项适用于全区,须由区级办理。"
    en = "This binds the whole district: it is for the district to do."


def district_of(actor: Actor) -> str:
    """The district the actor works for. Raises DistrictDecides for those of a town or a kindergarten alone."""
    found = min(actor.divisions, key=len, default="")
    if not 0 < len(found) <= DISTRICT:
        raise DistrictDecides
    return found
