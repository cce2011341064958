"""What the launcher says when everything serves: where, who may sign in, and what to try first."""

from deploy.credentials import Secrets
from deploy.environments import this_machine
from deploy.settings import Settings

ACCOUNTS = {
    "district": "区教委学前科 district preschool officer: everything in the district",
    "town": "镇乡干部 officer of one town: that town only",
    "principal": "园长 principal of one kindergarten: that kindergarten only",
    "leader": "区领导 district leader: reads everything",
    "preparer": "财务经办 finance preparer",
    "approver": "财务审核 finance approver: never the one who prepared",
    "safety": "安全管理员 safety officer",
    "quality": "质量管理员 quality officer",
    "inspector": "责任督学 inspector",
    "planner": "规划员 planner: the plan and its indicators",
    "auditor": "审计员 auditor: reads everything, writes nothing",
    "data-protection": "个人信息保护负责人 data-protection officer",
    "administrator": "账号管理员 account administrator",
}


def welcome(settings: Settings, secrets: Secrets, seconds: float) -> str:
    """The text printed once everything is ready."""
    url = this_machine(settings).urls["gateway"]
    accounts = "\n".join(f"  {name:<16} {secrets.accounts[name]}   {what}" for name, what in ACCOUNTS.items())
    return f"""ready after {seconds:.1f} s

  怀幼 Huaiyou   {url}
  Docs          {url}/docs

Demo accounts of a synthetic district (示例账号，仿真数据):
{accounts}

What to try next (接下来试试):
  TOKEN=$(curl -s {url}/auth/v1/tokens -d grant_type=password -d username=district \\
    -d password={secrets.accounts["district"]} |
    python3 -c 'import json,sys; print(json.load(sys.stdin)["access_token"])')
  curl -H "Authorization: Bearer $TOKEN" {url}/registry/v1/plan                               # 三项目标
  curl -H "Authorization: Bearer $TOKEN" "{url}/registry/v1/kindergartens?zone=mountain"      # 山区幼儿园
  curl -H "Authorization: Bearer $TOKEN" "{url}/registry/v1/indicators/public_share/values?by=town"
  curl -H "Authorization: Bearer $TOKEN" -H "Accept: text/csv" {url}/registry/v1/classes      # 导出
  curl -H "Authorization: Bearer $TOKEN" "{url}/registry/v1/events?limit=2"                   # 变更事件流

Ctrl-C stops everything (停止).
"""
