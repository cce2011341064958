"""Which step an alert may take: looked into, confirmed or dismissed, and put right once it was confirmed."""

from typing import Final

from services.finance.permissions import May
from shared.machine import Machine, Verb, states

MACHINE: Final[Machine] = {
    "assign": Verb("交办", May.ENTER_RELATED_PARTIES, states("raised", "confirmed")),
    "confirm": Verb("查实", May.DECIDE_ALERTS, states("raised")),
    "dismiss": Verb("排除", May.DECIDE_ALERTS, states("raised")),
    "resolve": Verb("整改销号", May.DECIDE_ALERTS, states("confirmed")),
}
VERBS: Final = {"confirmed": "confirm", "dismissed": "dismiss", "resolved": "resolve"}
