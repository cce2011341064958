"""办学许可: the eight conditions, the time limits and who may do what when (学前教育法 arts 29-31). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.registry.kindergartens.rules import PRIVATE_FOUNDER
from services.registry.licences.codes import LicenceActKind, LicenceKind, LicenceStanding
from services.registry.parameters.rules import Parameter, in_force
from services.registry.permissions import May
from services.registry.recognitions.conditions import months_after
from shared.errors import DomainError
from shared.machine import Verb, other_than, states
from shared.workdays import add_working_days

HELD = frozenset({LicenceStanding.VALID, LicenceStanding.EXPIRING, LicenceStanding.EXPIRED, LicenceStanding.SUSPENDED})
# Acts that say something of a licence and leave it standing as it did.
BESIDE = frozenset({LicenceActKind.CHANGED, LicenceActKind.CORRECTED})
STOPPED = {each.value: each for each in (LicenceStanding.SUSPENDED, LicenceStanding.REVOKED, LicenceStanding.ENDED)}
PERMIT = "行政许可法"
LAW = "学前教育法 arts 29-31"


class LicenceHeldAlready(DomainError):
    zh = "该园已持有办学许可证,不能再次申请设立。"
    en = "The kindergarten holds a licence already: it cannot be established again."


class NoLicenceHeld(DomainError):
    zh = "该园未持有办学许可证。"
    en = "The kindergarten holds no licence."


class LicenceConditionsUnmet(DomainError):
    zh = "学前教育法第二十九条的条件尚有不符合:{unmet}。"
    en = "Conditions of 学前教育法 art. 29 are unmet: {unmet}."


class ExtendedAlready(DomainError):
    zh = "办理期限只能延长一次(行政许可法第四十二条)。"
    en = "The time limit is extended once only (行政许可法 art. 42)."


class NotInEffectYet(DomainError):
    zh = "批准的生效日期为 {day},届时方可办结。"
    en = "It takes effect on {day} and is completed from then on."


class LicenceNotStanding(DomainError):
    zh = "许可证当前为“{standing}”,不能如此处理。"
    en = "The licence is {standing}: this cannot be done to it."


class LicenceActedOnAlready(DomainError):
    zh = "{day} 已有许可事项,新的事项须在其后生效。"
    en = "The licence was acted on on {day}: the next act begins after it."


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verb is asked about."""

    state: str
    applied_by: str
    examined_by: str | None
    unmet: Sequence[str]
    extended: bool
    effective_on: date | None


def standing(
    number: str | None, expires_on: date | None, last_act: str | None, parameters: Sequence[Parameter], on: date
) -> LicenceStanding:
    """How a licence stands: its last act when that one stopped it, else its days.

    `expires_on` is the last valid day; within the warning days of it the licence is expiring (行政许可法 art. 50).
    """
    if last_act in STOPPED:
        return STOPPED[last_act]
    if number is None or expires_on is None:
        return LicenceStanding.MISSING
    if expires_on < on:
        return LicenceStanding.EXPIRED
    days = int(in_force(parameters, "licence_warning_days", on).number)
    return LicenceStanding.EXPIRING if expires_on <= on + timedelta(days) else LicenceStanding.VALID


def kind_refusal(kind: LicenceKind, found: LicenceStanding) -> DomainError | None:
    """Who has a licence renews, changes or ends it; who has none establishes."""
    if kind is LicenceKind.ESTABLISH:
        return LicenceHeldAlready() if found in HELD else None
    return None if found in HELD else NoLicenceHeld()


def decision_due(
    kind: LicenceKind, founder: str, expires_on: date | None, parameters: Sequence[Parameter], accepted: date
) -> tuple[date, str]:
    """The last day to decide, and the rule that sets it.

    A private kindergarten's establishment within three months of acceptance (民办教育促进法 art. 17); everything else
    within twenty working days (行政许可法 art. 42), a renewal before the licence ends (art. 50).
    """
    if kind is LicenceKind.ESTABLISH and founder == PRIVATE_FOUNDER:
        limit = in_force(parameters, "licence_establish_months", accepted)
        return months_after(accepted, int(limit.number)), f"{limit.document} {limit.article}"
    limit = in_force(parameters, "licence_decision_working_days", accepted)
    due = add_working_days(accepted, int(limit.number))
    if kind is LicenceKind.RENEW and expires_on is not None and accepted <= expires_on < due:
        return expires_on, f"{PERMIT} 第五十条"
    return due, f"{limit.document} {limit.article}"


def extended_due(due: date, parameters: Sequence[Parameter], on: date) -> date:
    """Ten working days more, by the head of the authority (行政许可法 art. 42)."""
    return add_working_days(due, int(in_force(parameters, "licence_extension_working_days", on).number))


def earliest_effect(kind: LicenceKind, founder: str, parameters: Sequence[Parameter], applied: date) -> date:
    """The first day a change or an end may take effect.

    北京市学前教育条例 art. 14: three months ahead; a private kindergarten that ends at its own request announces it six
    months ahead (民办教育促进法实施条例 art. 50). The rest may take effect at once.
    """
    if kind in (LicenceKind.ESTABLISH, LicenceKind.RENEW):
        return applied
    private_end = kind is LicenceKind.END and founder == PRIVATE_FOUNDER
    name = "licence_private_end_months" if private_end else "licence_change_months"
    return months_after(applied, int(in_force(parameters, name, applied).number))


def renewal_is_late(kind: LicenceKind, expires_on: date | None, parameters: Sequence[Parameter], applied: date) -> bool:
    """A renewal is applied for thirty days before the licence ends (行政许可法 art. 50)."""
    if kind is not LicenceKind.RENEW or expires_on is None:
        return False
    return applied > expires_on - timedelta(int(in_force(parameters, "licence_renewal_days", applied).number))


def _all_met(subject: Subject, _: str, __: date) -> DomainError | None:
    return LicenceConditionsUnmet(unmet="、".join(subject.unmet)) if subject.unmet else None


def _once(subject: Subject, _: str, __: date) -> DomainError | None:
    return ExtendedAlready() if subject.extended else None


def _in_effect(subject: Subject, _: str, on: date) -> DomainError | None:
    day = subject.effective_on
    return NotInEffectYet(day=day) if day is None or on < day else None


APPLY, REVIEW, DECIDE = May.APPLY_FOR_LICENCE, May.REVIEW_LICENCES, May.DECIDE_LICENCES
_another = other_than("决定", "applied_by", "examined_by")
_not_own = other_than("核查", "applied_by")
MACHINE = {
    "amend": Verb("补正", APPLY, states("returned"), "amended", f"{PERMIT} 第三十二条"),
    "retract": Verb("撤回", APPLY, states("applied", "returned", "accepted", "examined"), "retracted", PERMIT),
    "send_back": Verb("退回补正", REVIEW, states("applied"), "returned", f"{PERMIT} 第三十二条", (_not_own,)),
    "accept": Verb("受理", REVIEW, states("applied"), "accepted", f"{PERMIT} 第三十二条", (_not_own,)),
    "extend": Verb("延长期限", DECIDE, states("accepted", "examined"), "extended", f"{PERMIT} 第四十二条", (_once,)),
    "examine": Verb("核查", REVIEW, states("accepted"), "examined", "学前教育法 art. 29", (_not_own,)),
    "approve": Verb("准予许可", DECIDE, states("examined"), "approved", LAW, (_another, _all_met)),
    "refuse": Verb("不予许可", DECIDE, states("examined"), "refused", f"{PERMIT} 第三十八条", (_another,)),
    "complete": Verb("办结", DECIDE, states("approved"), "completed", "学前教育法 art. 31", (_in_effect,)),
}
# What the authority does to a licence by itself: how the licence must stand, and the status the kindergarten gets.
OFFICIAL = {
    "suspend": (
        Verb("暂停", DECIDE, states("valid", "expiring", "expired"), "suspended", "学前教育法 arts 78-80"),
        "suspended",
    ),
    "resume": (Verb("恢复", DECIDE, states("suspended"), "resumed", LAW), "operating"),
    "revoke": (
        Verb("吊销", DECIDE, states("valid", "expiring", "expired", "suspended"), "revoked", "学前教育法 arts 78-80"),
        "suspended",
    ),
}


def official_refusal(verb: str, found: str, last: date | None, since: date) -> DomainError | None:
    """Why the authority cannot do this to a licence that stands so and was last acted on on `last`."""
    done, _ = OFFICIAL[verb]
    if found not in done.since:
        return LicenceNotStanding(standing=found)
    return LicenceActedOnAlready(day=last) if last is not None and since <= last else None


CORRECT = Verb("更正", DECIDE, states("missing", *(each.value for each in HELD)), "corrected", LAW)


def correction_refusal(found: str) -> DomainError | None:
    """A licence that was revoked or has ended is corrected no more."""
    return None if found in CORRECT.since else LicenceNotStanding(standing=found)
