"""Sites that keep children without a licence, until none is left (动态清零). Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from services.safety.parameters.rules import Parameter, number
from services.safety.permissions import May
from services.safety.timers.rules import Due
from shared.contracts.roles import Role
from shared.errors import DomainError
from shared.machine import Machine, Verb, other_than
from shared.workdays import add_working_days

BAN = "中华人民共和国学前教育法第七十八条;中华人民共和国教育法第七十五条;民办教育促进法第六十四条"
TRAINING = "中华人民共和国学前教育法第五十九条、第七十八条"
SETTLE = "中华人民共和国学前教育法第三十一条、第七十八条"
ACTING = frozenset({"confirmed", "ordered", "diverted", "banned", "transferred"})
OPEN = ACTING | {"reported"}


class ChildrenNotResettled(DomainError):
    zh = "在园幼儿 {children} 人,已安置 {resettled} 人,须全部安置后销案。"
    en = "Of {children} children {resettled} have been resettled: all must be before the case is closed."


class NobodyToResettle(DomainError):
    zh = "没有待安置的幼儿。"
    en = "There is no child left to resettle."


def _somebody_left(thing: Any, _: str, __: date) -> DomainError | None:
    return None if thing.resettled < thing.children else NobodyToResettle()


def _settled(thing: Any, _: str, __: date) -> DomainError | None:
    if thing.resettled >= thing.children:
        return None
    return ChildrenNotResettled(children=thing.children, resettled=thing.resettled)


def _states(*names: str) -> frozenset[str]:
    return frozenset(names)


MACHINE: Machine = {
    "verify": Verb("核查", May.VERIFY_SITES, _states("reported"), basis=BAN),
    "order": Verb("责令停止", May.DISPOSE_SITES, _states("confirmed"), basis=BAN),
    "divert": Verb("引导取证", May.DISPOSE_SITES, _states("confirmed", "ordered"), basis=BAN),
    "ban": Verb("取缔", May.DISPOSE_SITES, _states("confirmed", "ordered", "diverted"), basis=BAN),
    "transfer": Verb("移送", May.DISPOSE_SITES, _states("confirmed", "ordered"), basis=TRAINING),
    "resettle": Verb("安置幼儿", May.VERIFY_SITES, ACTING, basis=SETTLE, guards=(_somebody_left,)),
    "close": Verb(
        "销案",
        May.CLOSE_SITES,
        _states("ordered", "diverted", "banned", "transferred"),
        basis=BAN,
        guards=(other_than("销案", "verified_by"), _settled),
    ),
    "recheck": Verb("回访复查", May.VERIFY_SITES, _states("closed"), basis=BAN),
}
TOWN = (Role.TOWN_OFFICER.value,)
OFFICE = (Role.TOWN_OFFICER.value, Role.SAFETY_OFFICER.value)
LEADER = (Role.SAFETY_OFFICER.value, Role.LEADER.value)


def ladder(parameters: Iterable[Parameter], site: Any, since: date) -> list[Due]:
    """Who hears of a case that stands still, and when a closed one is visited again."""
    numbers = tuple(parameters)

    def after(name: str) -> date:
        return add_working_days(since, number(numbers, name, since)) + timedelta(1)

    if site.state == "reported":
        return [Due("unverified", after("site_verifying_days"), OFFICE, BAN)]
    if site.state == "confirmed":
        return [Due("not_acted_on", after("site_acting_days"), OFFICE, BAN)]
    if site.state in ACTING:
        return [Due("not_closed", after("site_closing_days"), LEADER, BAN)]
    if site.state == "closed":
        days = [number(numbers, f"site_recheck_{which}", since) for which in ("first", "second", "third")]
        return [Due(f"recheck {place + 1}", since + timedelta(day), TOWN, BAN) for place, day in enumerate(days)]
    return []


def address_key(address: str) -> str:
    """Addresses that are the same written differently: width, blanks, punctuation, the words for city and district."""
    plain = unicodedata.normalize("NFKC", address).lower()
    plain = re.sub(r"[\s,.;:()\[\]{}<>《》〈〉“”‘’、,。;:()【】·\-—_#]+", "", plain)
    for prefix in ("中国", "北京市", "北京", "怀柔区", "怀柔"):
        plain = plain.removeprefix(prefix)
    return plain


def name_key(name: str) -> str:
    """A kindergarten's name without place, legal form and remarks in brackets."""
    plain = unicodedata.normalize("NFKC", name).lower()
    plain = re.sub(r"\([^)]*\)", "", plain)
    return address_key(plain)
