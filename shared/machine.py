"""What may be done with a case in the state it is in: one mapping a concept, one function that refuses.

What is offered to a caller and what is refused to them come from the same function, so they cannot differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from shared.errors import DomainError, NotPermitted

Guard = Callable[[Any, str, date], DomainError | None]


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing the office does with a case.

    `permission` is what the caller must hold, `since` the states it may be done in, `happened` the fact it leaves in
    the feed (empty: the verb's own name), `basis` the rule it is done under, `guards` what else must be so: each is
    asked with the case, the caller's id and the day.
    """

    zh: str
    permission: str
    since: frozenset[str]
    happened: str = ""
    basis: str = ""
    guards: tuple[Guard, ...] = ()


Machine = Mapping[str, Verb]


class NotInThisState(DomainError):
    zh = "当前状态为“{state}”,不能{verb}。"
    en = "The case is {state}: it cannot be {done} now."
    hint_zh = "actions 列出现在可做的事。"
    hint_en = "`actions` lists what can be done now."


class AnotherPersonNeeded(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "{verb}须由另一人进行:经办人不得复核本人的工作。"
    en = "Another person must do this: nobody reviews their own work."


def states(*names: str) -> frozenset[str]:
    return frozenset(names)


def refusal(machine: Machine, name: str, thing: Any, who: str, on: date) -> DomainError | None:
    """Why `who` cannot do this with the case on that day; None when nothing stands against it."""
    verb = machine[name]
    if thing.state not in verb.since:
        return NotInThisState(state=thing.state, verb=verb.zh, done=name)
    return next(filter(None, (guard(thing, who, on) for guard in verb.guards)), None)


def offered(machine: Machine, thing: Any, who: str, held: frozenset[str], on: date) -> list[dict[str, Any]]:
    """Every verb, whether the caller may do it now, and if not the code and the reason."""
    offers: list[dict[str, Any]] = []
    for name, verb in machine.items():
        refused: DomainError | None = None
        if verb.permission not in held:
            refused = NotPermitted(needed=verb.permission)
        else:
            refused = refusal(machine, name, thing, who, on)
        offers.append(
            {
                "action": name,
                "label_zh": verb.zh,
                "allowed": refused is None,
                "code": refused.code() if refused else None,
                "reason_zh": refused.detail("zh") if refused else None,
                "reason_en": refused.detail("en") if refused else None,
            }
        )
    return offers


def other_than(verb: str, *columns: str) -> Guard:
    """Nobody named in these columns of the case may do it."""

    def guard(thing: Any, who: str, _: date) -> DomainError | None:
        return AnotherPersonNeeded(verb=verb) if who in {getattr(thing, name) for name in columns} else None

    return guard


def day_of(value: Any) -> date:
    """A day of the case, which a row holds as a date and its JSON as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
