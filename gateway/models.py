"""Every table of the gateway, imported so that its metadata is whole."""

from gateway.accounts import models as accounts
from gateway.clients import models as clients
from gateway.grants import models as grants
from gateway.signing_keys import models as signing_keys
from gateway.tokens import models as tokens

__all__ = ["accounts", "clients", "grants", "signing_keys", "tokens"]
