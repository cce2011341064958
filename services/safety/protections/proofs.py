"""What proves that a kindergarten does its duties under 三(二)4: papers, books and tests, each with its day. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.safety.parameters.rules import Parameter, number
from services.safety.protections.rules import Profile
from services.safety.timers.rules import months_after

YEARLY = 12  # months: the letter of responsibility is signed each year


@dataclass(frozen=True, slots=True)
class Papers:
    """What was filed, and when each book of the site was last written in."""

    rules: tuple[date, ...]
    responsibility_signed_on: date | None
    responsibility_filed: bool
    duties: int
    officer_filed: bool
    closed_management_filed: bool
    video_signs: bool
    video_filing_number: str
    operators: tuple[tuple[str, bool], ...]
    logged: Mapping[str, date]

    @classmethod
    def read(cls, papers: Mapping[str, Any], signed_on: date | None, logged: Mapping[str, date]) -> "Papers":
        """From the papers as they are kept; a profile older than them has none."""
        operators = papers.get("video_operators", [])
        return cls(
            rules=tuple(date.fromisoformat(each["since"]) for each in papers.get("rules", [])),
            responsibility_signed_on=signed_on,
            responsibility_filed=bool(papers.get("responsibility_file")),
            duties=len(papers.get("duties", [])),
            officer_filed=bool(papers.get("officer_file")),
            closed_management_filed=bool(papers.get("closed_management_file")),
            video_signs=bool(papers.get("video_signs")),
            video_filing_number=papers.get("video_filing_number", ""),
            operators=tuple(
                (each["code"], bool(each["vetted_on"] and each["confidentiality_signed_on"])) for each in operators
            ),
            logged=logged,
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """One duty, what of its proof is missing, and the latest day something proves it."""

    clause: str
    zh: str
    missing: tuple[str, ...]
    on: date | None = None


def proofs(parameters: Iterable[Parameter], profile: Profile, papers: Papers, gaps: set[str], on: date) -> list[Proof]:
    """The duties of the plan in its order; `gaps` are the rules the profile does not meet."""
    days = number(parameters, "proof_log_days", on)

    def book(kind: str, name: str) -> tuple[bool, str]:
        last = papers.logged.get(kind)
        return (last is not None and on - last <= timedelta(days), f"{name}近 {days} 天无记载")

    signed = papers.responsibility_signed_on
    letter = signed is not None and signed <= on <= months_after(signed, YEARLY)
    vetted = bool(papers.operators) and all(good for _, good in papers.operators)
    asked: list[tuple[str, str, date | None, list[tuple[bool, str]]]] = [
        ("三(二)4-a", "健全安全防护和检查制度", max(papers.rules, default=None),
         [(any(day <= on for day in papers.rules), "没有施行中的安全制度")]),
        ("三(二)4-b", "落实园长安全主体责任", signed,
         [(letter, "本年度责任书未签订"), (papers.responsibility_filed, "责任书未上传"),
          (papers.duties > 0, "无职责清单")]),
        ("三(二)4-c", "配齐安全管理机构和专职安全管理干部", None,
         [("SAF-02" not in gaps, "未设机构或专职干部"), (papers.officer_filed, "任命文件未上传")]),
        ("三(二)4-e", "做好封闭管理", papers.logged.get("gate_person"),
         [(profile.closed_management, "未实行封闭化管理"), (papers.closed_management_filed, "封闭管理与接送制度未上传"),
          book("gate_person", "出入登记"), book("hand_over", "接送交接")]),
        ("三(二)4-f", "配足专职保安", None, [("SAF-01" not in gaps, "保安员不足或无有效证件")]),
        ("三(二)4-g", "一键式报警", profile.alarm_tested_on, [("SAF-08" not in gaps, "测试超期、不合格或未联网")]),
        ("三(二)4-h", "视频监控点位全覆盖", None, [(not gaps & {"SAF-03", "SAF-04"}, "点位、在线或保存不达标")]),
        ("三(二)4-i", "严格视频监控运行管理", papers.logged.get("video_operation"),
         [(profile.video_filed_on is not None and bool(papers.video_filing_number), "无公安备案编号"),
          (papers.video_signs, "无视频提示标识"), (vetted, "操作人员未经审查或未签保密承诺"),
          ("SAF-07" not in gaps, "图像超期保存"), book("video_operation", "运行维护")]),
        ("三(二)4-n", "重点部位及周边巡查", papers.logged.get("patrol"), [book("patrol", "巡查")]),
    ]  # fmt: skip
    return [Proof(clause, zh, tuple(said for good, said in parts if not good), day) for clause, zh, day, parts in asked]
