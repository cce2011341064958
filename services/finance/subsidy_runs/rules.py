"""The words of an explanation: what a line was computed from, in sentences anyone can check."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

PARTS: Final = {
    "nursery": "托班",
    "small": "小班",
    "middle": "中班",
    "large": "大班",
    "mixed": "混龄班",
    "last_year": "入小学前一年幼儿",
    "rent": "租赁面积×天数",
    "places_added": "新增学位",
    "project_amount": "项目",
}
UNMET: Final = {
    "operating": "该园当月不在正常办园状态",
    "certified": "该月在园人数尚未核定",
    "recognised": "普惠性认定不在有效期内",
    "inspection": "年检不合格或被一票否决",
    "evaluation": "督导评估不合格",
    "account": "没有备案账户",
    "alert": "有已查实、尚未整改的账户预警",
    "month": "本月不属于该项目的计发月份",
    "rate": "没有生效的补助标准",
    "share": "没有生效的市区分担比例",
    "not_applicable": "该园当月不属于本项目的适用范围",
}
BACK_PAY: Final = "整改完成、结论变更后,停发的月份予以补发(本项目当月执行补发规则)。"
NO_BACK_PAY: Final = "整改完成后自恢复之日起发放,停发的月份不补发(本项目当月没有补发规则);结论被撤销的除外。"
APPEAL: Final = "对停发有异议的,可以按年检或认定结论载明的途径申诉,也可以依法申请行政复议;结论变更后按原生效日期补发。"


def sentences(facts: Mapping[str, Any]) -> list[str]:
    """The explanation of one line, in Chinese."""
    return [*_headcount(facts), *_parts(facts), *_adjustments(facts), *_stops(facts), *_result(facts)]


def _headcount(facts: Mapping[str, Any]) -> Iterator[str]:
    if found := facts.get("headcount"):
        yield (
            f"在园人数以 {found['count_day']} 为计数日,采用第 {found['revision']} 次核定"
            f"(核定人 {found['certified_by']},摘要 {found['hash']})。"
        )


def _parts(facts: Mapping[str, Any]) -> Iterator[str]:
    for part in facts.get("parts", ()):
        name = PARTS.get(part["part"], part["part"])
        if "rate" not in part:
            yield f"{name} {part['quantity']}:没有对应标准,不计补助。"
            continue
        source = f"(标准依据:{_source(part['source'])})" if "source" in part else ""
        yield f"{name} {part['quantity']} × {part['rate']} 元 = {part['amount']} 元{source}。"


def _adjustments(facts: Mapping[str, Any]) -> Iterator[str]:
    if tilt := facts.get("tilt"):
        yield f"按倾斜系数 {tilt['factor']} 计算({_source(tilt['source'])};证明材料:{tilt['evidence']})。"
    if cap := facts.get("cap"):
        yield f"每月不超过 {cap['value']} 元({_source(cap['source'])})。"
    if (share := facts.get("share")) and "municipal" in share:
        yield f"市级负担比例 {share['municipal']}({_source(share['source'])})。"


def _stops(facts: Mapping[str, Any]) -> Iterator[str]:
    unmet = facts.get("unmet", ())
    for condition in unmet:
        yield f"不予补助:{UNMET[condition]}{_evidence(condition, facts.get('evidence', {}))}。"
    if {"inspection", "recognised", "evaluation", "alert"} & set(unmet):
        yield BACK_PAY if "back_pay" in facts.get("conditions", ()) else NO_BACK_PAY
        yield APPEAL


def _evidence(condition: str, evidence: Mapping[str, Any]) -> str:
    if condition == "inspection" and (found := evidence.get("inspection")):
        reasons = "、".join(found["reasons"])
        return f"({found['year']} 年度,自 {found['since']} 起,{found['document']};理由:{reasons})"
    if condition == "recognised" and (found := evidence.get("recognition")):
        return f"({found['document']},自 {found['since']} 起至 {found.get('until', '另行通知')})"
    if condition == "alert" and (alerts := evidence.get("alerts")):
        said = ";".join(f"{each['rule']},自 {each['confirmed_on']} 起,{each['outcome']}" for each in alerts)
        return f"({said})"
    if condition == "evaluation" and (found := evidence.get("evaluation")):
        return f"(等级 {found['grade']})"
    return ""


def _result(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"当月应享受 {facts['entitled']} 元(每月按分四舍五入一次)。"
    if facts["settled"] not in ("0", "0.00"):
        yield f"以前批次已核定 {facts['settled']} 元,本次按差额计 {facts['amount']} 元。"


def _source(source: Mapping[str, Any]) -> str:
    mark = ",示意值" if source["tag"] == "illustrative" else ""
    article = source.get("article") or ""
    return f"{source['document']}{article},自 {source['since']} 起{mark}"
