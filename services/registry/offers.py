"""What a caller may do with a case, as its reader sees it."""

from services.registry.permissions import ROLES
from shared.auth import Actor
from shared.offers import Offer, held_at


class RegistryOffer(Offer):
    __doc__ = Offer.__doc__


def held(actor: Actor, division: str, kindergarten: str | None) -> frozenset[str]:
    """Permissions the caller's grants carry at that place."""
    return held_at(ROLES, actor, division, kindergarten)
