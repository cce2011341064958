"""Protection of a kindergarten against the standard for its size: each gap by rule, with its basis. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.safety.parameters.rules import Parameter, in_force, number
from services.safety.protections.codes import CameraArea, GapSeverity

HUNDRED, THOUSAND = 100, 1000
# Required without dead angle; the nap room is left out: the draft standard asks for it, art. 8 forbids what is near it.
REQUIRED = (
    CameraArea.GATE,
    CameraArea.PERIMETER,
    CameraArea.GUARD_ROOM,
    CameraArea.OUTDOOR,
    CameraArea.CORRIDOR,
    CameraArea.ACTIVITY_ROOM,
    CameraArea.KITCHEN,
    CameraArea.PANTRY,
    CameraArea.DINING,
)
# 公共安全视频图像信息系统管理条例 art. 8.
FORBIDDEN = frozenset(
    {
        CameraArea.DORMITORY,
        CameraArea.TOILET,
        CameraArea.BATHROOM,
        CameraArea.CHANGING_ROOM,
        CameraArea.STAFF_REST_ROOM,
    }
)


@dataclass(frozen=True, slots=True)
class Guard:
    code: str
    full_time: bool
    certificate_until: date | None


@dataclass(frozen=True, slots=True)
class Camera:
    code: str
    area: str
    online: bool
    offline_since: datetime | None
    retention_days: int
    retention_reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kindergarten has. A day that is not known is None."""

    children: int
    staff: int
    boarders: int
    safety_body: bool
    officer_full_time: bool
    closed_management: bool
    gate_duty: bool
    alarm_linked: bool
    alarm_tested_on: date | None
    alarm_passed: bool
    insurance_until: date | None
    video_used_since: date | None
    video_filed_on: date | None
    guards: tuple[Guard, ...]
    cameras: tuple[Camera, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, and by which rule."""

    rule: str
    severity: GapSeverity
    zh: str
    rows: tuple[str, ...] = ()


def required_guards(parameters: Iterable[Parameter], children: int, staff: int, boarders: int, on: date) -> int:
    """The stricter of the national and the Beijing standard; the national one counts children, Beijing's everybody."""
    numbers = tuple(parameters)

    def value(name: str) -> int:
        return number(numbers, name, on)

    beyond = value("guards_per_people")
    if children < HUNDRED:
        national = value("guards_national_small")
    elif children < THOUSAND:
        national = value("guards_national_middle")
    else:
        national = value("guards_national_large") + (children - THOUSAND) // beyond
    people = children + staff
    beijing = value("guards_beijing_boarding" if boarders else "guards_beijing_day")
    beijing += (people - THOUSAND) // beyond if people >= THOUSAND else 0
    extra = boarders // value("guards_per_boarders")
    return max(national + extra, beijing + extra)


def gaps(parameters: Iterable[Parameter], profile: Profile, now: datetime) -> list[Gap]:
    """Everything that is missing at that moment."""
    numbers, on = tuple(parameters), now.date()
    return [
        *_people(numbers, profile, on),
        *_duties(numbers, profile, on),
        *_cameras(numbers, profile.cameras, now),
        *_video(numbers, profile, on),
    ]


def guards_short(parameters: Iterable[Parameter], profile: Profile, on: date) -> tuple[int, int, tuple[str, ...]]:
    """Guards required, full-time guards with a certificate valid that day, and those without one."""
    valid = [
        each for each in profile.guards if each.full_time and each.certificate_until and each.certificate_until >= on
    ]
    without = tuple(
        each.code for each in profile.guards if each.certificate_until is None or each.certificate_until < on
    )
    return required_guards(parameters, profile.children, profile.staff, profile.boarders, on), len(valid), without


def _people(numbers: tuple[Parameter, ...], profile: Profile, on: date) -> Iterator[Gap]:
    needed, valid, without = guards_short(numbers, profile, on)
    if valid < needed:
        yield Gap("SAF-01", GapSeverity.RED, f"应配专职保安员 {needed} 人,持有效证件的 {valid} 人")
    if without:
        yield Gap("SAF-01", GapSeverity.RED, "保安员证缺失或过期", without)
    if not (profile.officer_full_time and profile.safety_body):
        yield Gap("SAF-02", GapSeverity.RED, "未设安全管理机构或专职安全管理干部")


def _duties(numbers: tuple[Parameter, ...], profile: Profile, on: date) -> Iterator[Gap]:
    if not profile.closed_management:
        yield Gap("4x100-2", GapSeverity.RED, "未实行封闭化管理")
    if not profile.gate_duty:
        yield Gap("4x100-4", GapSeverity.RED, "未设护学岗")
    most = number(numbers, "alarm_test_days", on)
    tested = profile.alarm_tested_on
    if tested is None or on - tested > timedelta(most):
        yield Gap("SAF-08", GapSeverity.RED, f"一键报警超过 {most} 天未测试")
    elif not profile.alarm_passed or not profile.alarm_linked:
        yield Gap("SAF-08", GapSeverity.RED, "一键报警测试不合格或未与公安联网")
    if profile.insurance_until is None or profile.insurance_until < on:
        yield Gap("SAF-15", GapSeverity.RED, "没有在保的校方责任保险")


def _cameras(numbers: tuple[Parameter, ...], cameras: tuple[Camera, ...], now: datetime) -> Iterator[Gap]:
    least, hours = (
        number(numbers, "video_retention_days", now.date()),
        number(numbers, "video_offline_hours", now.date()),
    )
    covered = {each.area for each in cameras}
    if missing := tuple(area.zh for area in REQUIRED if area not in covered):
        yield Gap("SAF-03", GapSeverity.RED, "应设视频的部位没有点位", missing)
    limit = now - timedelta(hours=hours)
    offline = tuple(each.code for each in cameras if not each.online and (each.offline_since or now) < limit)
    if offline:
        yield Gap("SAF-03", GapSeverity.RED, f"点位离线超过 {hours} 小时", offline)
    if short := tuple(each.code for each in cameras if each.retention_days < least):
        yield Gap("SAF-03", GapSeverity.RED, f"图像保存不足 {least} 天", short)
    if forbidden := tuple(each.code for each in cameras if each.area in FORBIDDEN):
        yield Gap("SAF-04", GapSeverity.STOP, "视频安装在禁止的场所,应立即停用", forbidden)
    if long := tuple(each.code for each in cameras if each.retention_days > least and not each.retention_reason):
        yield Gap("SAF-07", GapSeverity.WARNING, f"图像保存超过 {least} 天且未说明理由", long)


def _video(numbers: tuple[Parameter, ...], profile: Profile, on: date) -> Iterator[Gap]:
    if profile.video_used_since is None or profile.video_filed_on is not None:
        return
    rule = in_force(numbers, "video_filing_days", on)
    # Systems in use before the regulation had ninety days from its first day (art. 14).
    until = max(profile.video_used_since + timedelta(int(rule.value)), rule.since + timedelta(90))
    if on > until:
        yield Gap("SAF-05", GapSeverity.WARNING, f"视频系统应于 {until} 前向公安机关备案")


def four_hundreds(found: Iterable[Gap]) -> dict[str, bool]:
    """Whether each of the 4×100 % is met: guards, closed management, alarm and video, gate duty (护学岗)."""
    rules = {each.rule for each in found if each.severity != GapSeverity.WARNING}
    return {
        "guards": "SAF-01" not in rules,
        "closed_management": "4x100-2" not in rules,
        "alarm_and_video": not rules & {"SAF-03", "SAF-08"},
        "gate_duty": "4x100-4" not in rules,
    }
