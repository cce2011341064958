"""One month of twelve demonstration kindergartens with money frauds planted, and honest oddities beside them.

`truth` is what a check must find; whatever else it finds is a false alarm. Nobody in it exists.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID, uuid5

from psycopg import Connection

from shared.workdays import is_working_day

FILE: Final = Path(__file__).parent / "places.json"
MONTH, NEXT, COUNT_DAY = date(2026, 4, 1), date(2026, 5, 1), date(2026, 4, 15)
SINCE, UNTIL, EVER = date(2025, 9, 1), date(2026, 7, 1), date(9999, 12, 31)
SUNDAY = date(2026, 4, 12)
DAYS: Final = [MONTH + timedelta(step) for step in range(30)]
OPEN: Final = [day for day in DAYS if is_working_day(day)]
SPACE: Final = UUID("6f1a2a44-1c53-4f0e-9b7e-2a5a0f0c7d11")
ROOMS: Final = (("small", 24, 35), ("large", 28, 40))  # kind, children, hard limit
STAFF: Final = (("principal", "established"), ("teacher", "established"), ("teacher", "contract"), ("cook", "contract"))
PREPARER, APPROVER = "synthetic-preparer", "synthetic-approver"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Planted:
    """What is wrong on purpose, and the rule that must say so of that kindergarten."""

    rule: str
    kindergarten: UUID
    zh: str


def made_id(*parts: object) -> UUID:
    return uuid5(SPACE, "/".join(map(str, parts)))


class Month:
    """The month being made: honest first, then spoilt place by place."""

    def __init__(self) -> None:
        self.places: list[Row] = json.loads(FILE.read_text(encoding="utf-8"))
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.truth: list[Planted] = []
        self.rng = Random(20260401)  # noqa: S311  # nothing secret: the same month each time
        self.present: dict[UUID, dict[date, int]] = {}
        self.certified: dict[UUID, int] = {}
        for number, place in enumerate(self.places):
            self._honest(number, place)
        self._spoil()
        for number in range(len(self.places)):
            self._certify(number)

    def of(self, number: int) -> Row:
        return {"kindergarten": self.places[number]["id"], "division": self.places[number]["division"]}

    def room(self, number: int, order: int) -> UUID:
        return made_id("class", number, order)

    def plant(self, rule: str, number: int, zh: str) -> None:
        self.truth.append(Planted(rule, UUID(self.places[number]["id"]), zh))

    def enrol(self, number: int, child: UUID, since: date = SINCE, until: date = UNTIL) -> None:
        self.rows["enrolments"].append(
            self.of(number)
            | {"id": made_id("enrolment", number, child), "child": child, "class_kind": "large", "since": since}
            | {"until": until, "synthetic": True, "registry_version": 1}
        )

    def hire(self, number: int, person: UUID, role: str, employment: str = "contract", **more: Any) -> None:
        row = {"id": made_id("post", number, person, more.get("since", SINCE)), "person": person, "role": role}
        row |= {"employment": employment, "full_time": True, "since": SINCE, "until": EVER, "synthetic": True}
        self.rows["posts"].append(self.of(number) | row | {"registry_version": 1} | more)

    def pay(self, number: int, person: UUID, **more: Any) -> None:
        row = {"sheet": made_id("sheet", number), "person": person, "month": MONTH, "payable": "8000.00"}
        row |= {"contributions": "840.00", "paid": "8000.00", "paid_on": date(2026, 5, 10), "insurance_base": "8000.00"}
        row |= {"insurances": ["pension", "medical", "unemployment", "injury", "maternity"], "fund_base": "8000.00"}
        row |= {"fund_paid": True, "exemption": None, "days_present": 20, "leave": "", "contract": ""}
        self.rows["payroll_proofs"].append(self.of(number) | row | {"labour_contract": "", "voucher": ""} | more)

    def spend(self, number: int, key: str, amount: str, counterparty: str, purpose: str, on: date = COUNT_DAY) -> None:
        row = {"id": made_id("line", number, key), "statement": made_id("statement", number), "booked_on": on}
        row |= {"account": made_id("account", number), "reference": f"Y{number:02}{key}", "amount": f"-{amount}"}
        row |= {"counterparty": counterparty, "number": "", "purpose": purpose, "match": "outflow", "reason": "支出"}
        self.rows["bank_lines"].append(self.of(number) | row | {"use": "other"})

    def own(self, owner: str, owned: str, relation: str = "holds", until: date = EVER) -> None:
        row = {"id": made_id("ownership", owner, owned), "division": self.places[0]["division"][:6], "owner": owner}
        row |= {"owned": owned, "relation": relation, "share": None, "since": SINCE, "until": until}
        self.rows["ownerships"].append(
            row | {"source": "演示", "entered_by": PREPARER, "synthetic": True, "version": 1}
        )

    def _honest(self, number: int, place: Row) -> None:
        self.rows["kindergartens"].append(place | {"status": "operating", "synthetic": True, "registry_version": 0})
        for order, (kind, children, limit) in enumerate(ROOMS):
            room = self.room(number, order)
            row = {"id": room, "kind": kind, "hard_limit": limit, "since": SINCE, "until": UNTIL, "synthetic": True}
            self.rows["class_copies"].append(self.of(number) | row | {"registry_version": 1})
            for child in range(children):
                self.enrol(number, made_id("child", number, order, child))
            self.certified[room] = children
            self.present[room] = {day: 2 * children - self.rng.randint(0, 9) for day in OPEN}
        for order, (role, employment) in enumerate(STAFF):
            person = made_id("person", number, order)
            self.hire(number, person, role, employment)
            self.pay(number, person)
        self._bank(number)

    def _bank(self, number: int) -> None:
        account = {"id": made_id("account", number), "holder": "演示账户", "bank": "演示银行", "purpose": "基本户"}
        account |= {"number": f"9900000000{number:02}", "since": SINCE, "until": EVER, "state": "accepted"}
        account |= {"filed_by": PREPARER, "decided_by": APPROVER, "synthetic": True, "version": 1}
        self.rows["bank_accounts"].append(self.of(number) | account)
        file = {"id": made_id("statement", number), "account": made_id("account", number), "digest": "", "lines": 2}
        file |= {"added": 2, "unmatched": 0, "alerts": 0, "imported_by": PREPARER, "imported_at": "2026-05-02T08:00Z"}
        self.rows["bank_statements"].append(self.of(number) | file)
        self.spend(number, "A", "3200.00", "怀柔示例粮油有限公司", "食材")
        self.spend(number, "B", "860.00", "示例供电公司", "电费")

    def _spoil(self) -> None:
        self._children()
        self._attendance()
        self._people()
        self._companies()
        self._oddities()

    def _children(self) -> None:
        self.certified[self.room(1, 0)] += 3
        self.plant("RAD-01", 1, "核定人数比在册多三人")
        twin = made_id("child", "twice")
        for number in (2, 3):
            self.enrol(number, twin)
            self.certified[self.room(number, 1)] += 1
            self.plant("RAD-02", number, "同一幼儿在两园在册")
        for extra in range(13):  # 28 and 13 are one more than the limit of 40
            self.enrol(7, made_id("child", "crowd", extra))
        self.certified[self.room(7, 1)] += 13
        self.plant("RAD-05", 7, "大班核定41人,上限40人")
        for extra in range(2):
            self.enrol(8, made_id("child", "gone", extra), until=date(2026, 3, 20))
        self.certified[self.room(8, 0)] += 2
        self.plant("RAD-06", 8, "三月离园的两名幼儿仍计入")

    def _attendance(self) -> None:
        self.present[self.room(4, 0)] |= {SUNDAY: 40}
        self.plant("RAD-03", 4, "周日登记出勤")
        self.present[self.room(5, 0)] = dict.fromkeys(OPEN, 46)
        self.plant("RAD-04", 5, "小班每天出勤人数相同")
        self.present[self.room(6, 1)] = dict(self.present[self.room(6, 0)])
        self.plant("RAD-04", 6, "大班出勤照抄小班")
        self.present[self.room(9, 0)] = {day: value * 3 for day, value in self.present[self.room(9, 0)].items()}
        self.plant("RAD-09", 9, "出勤人日超过可能")

    def _people(self) -> None:
        self.pay(1, made_id("person", "nobody"), paid="6100.00", payable="6100.00")
        self.plant("RAD-07", 1, "向无岗位人员发放工资")
        both = made_id("person", "both")
        for number in (2, 3):
            self.hire(number, both, "teacher")
            self.pay(number, both)
            self.plant("RAD-07", number, "一人在两园专职")
        idle = made_id("person", "idle")
        self.hire(4, idle, "worker")
        self.pay(4, idle, days_present=0)
        self.plant("RAD-07", 4, "全月未出勤照发工资")
        poor, bare = made_id("person", "poor"), made_id("person", "bare")
        self.hire(5, bare, "cook")
        self.pay(5, bare, fund_paid=False, fund_base=None)
        self.plant("FIN-14", 5, "未缴住房公积金")
        self.hire(6, poor, "worker")
        self.pay(6, poor, payable="2500.00", paid="2500.00")
        self.plant("FIN-15", 6, "工资低于最低工资标准")

    def _companies(self) -> None:
        for number, founder in ((10, "演示举办者甲"), (11, "演示举办者乙")):
            row = {"id": made_id("party", number), "relation": "founder", "name": founder, "number": "", "since": SINCE}
            row |= {"agreement": "", "until": EVER, "entered_by": PREPARER, "reviewed_by": None, "version": 1}
            self.rows["related_parties"].append(self.of(number) | row)
        self.own("演示配偶丙", "演示举办者甲", "kin")
        self.own("演示配偶丙", "演示控股有限公司")
        self.own("演示控股有限公司", "演示装饰工程有限公司")
        self.spend(10, "F", "186000.00", "演示装饰工程有限公司", "维修款")
        self.plant("RAD-08", 10, "款项经配偶控股的公司流出")

        report = {"id": made_id("report", 10), "year": 2025, "revision": 1, "auditor": "演示会计师事务所"}
        report |= {"report_number": "演示〔2026〕1号", "opinion": "unqualified", "opening_net_assets": "800000.00"}
        report |= {"closing_net_assets": "900000.00", "net_income": None, "development_fund": "4000.00"}
        report |= {"handed_in_on": date(2026, 3, 20), "state": "accepted", "filed_by": PREPARER, "version": 1}
        report |= {"decided_by": APPROVER, "remark": "", "synthetic": True, "created_at": "2026-03-20T08:00Z"}
        self.rows["yearly_reports"].append(self.of(10) | report)
        self.plant("FIN-08", 10, "发展基金应提一万元,只提四千元")
        self.plant("FIN-09", 11, "未报送上年度审计报告")

    def _oddities(self) -> None:
        """Honest, however odd: none of it may be reported."""
        mover = made_id("child", "mover")  # moves on the day of counting
        self.enrol(0, mover, until=COUNT_DAY)
        self.enrol(11, mover, since=COUNT_DAY)
        self.certified[self.room(11, 0)] += 1
        self.enrol(0, made_id("child", "leaver"), until=date(2026, 4, 20))  # after the day of counting
        self.certified[self.room(0, 0)] += 1
        for extra in range(12):  # exactly the limit of 40
            self.enrol(0, made_id("child", "full", extra))
        self.certified[self.room(0, 1)] += 12
        self.rows["calendar_days"].append(self.of(0) | {"day": SUNDAY, "open": True})
        self.present[self.room(0, 0)] |= {SUNDAY: 31}
        mother = made_id("person", "mother")
        self.hire(0, mother, "teacher")
        self.pay(0, mother, days_present=0, leave="产假")
        mover = made_id("person", "mover")  # full-time here until the 15th, there from the 15th
        self.hire(0, mover, "cook", until=COUNT_DAY)
        self.hire(11, mover, "cook", since=COUNT_DAY)
        half = made_id("person", "half")  # half-time in both
        for number in (0, 11):
            self.pay(number, mover)
            self.hire(number, half, "health", full_time=False)
            self.pay(number, half, insurances=[], insurance_base=None, fund_paid=False, fund_base=None)
        self.own("演示举办者乙", "演示物业有限公司", until=date(2026, 3, 1))  # sold before it was paid
        self.spend(11, "F", "12000.00", "演示物业有限公司", "物业费")
        self.own("演示路人丁", "演示文具有限公司")
        self.spend(11, "G", "900.00", "演示文具有限公司", "文具")

    def _certify(self, number: int) -> None:
        rooms = [self.room(number, order) for order in range(len(ROOMS))]
        extra = SUNDAY in self.present[rooms[0]] and number == 0
        key = self.of(number) | {"month": MONTH, "revision": 1}
        told = {"count_day": COUNT_DAY, "open_days": len(OPEN) + extra, "certified_by": "演示", "hash": "演示"}
        self.rows["headcounts"].append(key | told | {"told_at": "2026-05-01T00:00Z"})
        for room, (kind, _, _) in zip(rooms, ROOMS, strict=True):
            days = self.present[room]
            for day, present in days.items():
                row = {"class_id": room, "day": day, "children": self.certified[room], "present": present}
                self.rows["attendance_days"].append(self.of(number) | row)
            counted = {"class_id": room, "kind": kind, "children": self.certified[room], "last_year_children": 0}
            self.rows["class_headcounts"].append(key | counted | {"child_days": sum(days.values()) // 2})
        sheet = {"id": made_id("sheet", number), "month": MONTH, "revision": 1, "digest": "演示", "state": "accepted"}
        people = sum(row["kindergarten"] == key["kindergarten"] for row in self.rows["payroll_proofs"])
        sheet |= {"people": people, "filed_by": PREPARER, "decided_by": APPROVER, "remark": "", "synthetic": True}
        self.rows["payroll_sheets"].append(self.of(number) | sheet | {"version": 1, "created_at": "2026-05-12T08:00Z"})


# In an order foreign keys allow.
TABLES: Final = (
    "kindergartens",
    "class_copies",
    "enrolments",
    "attendance_days",
    "calendar_days",
    "headcounts",
    "class_headcounts",
    "posts",
    "payroll_sheets",
    "payroll_proofs",
    "bank_accounts",
    "bank_statements",
    "bank_lines",
    "related_parties",
    "ownerships",
    "yearly_reports",
)


def plant(connection: Connection[Any]) -> list[Planted]:
    """Store the month in the scope the connection is in; again it adds nothing. Returns what is wrong in it."""
    made = Month()
    for table in TABLES:
        rows = made.rows[table]
        names = ", ".join(f'"{name}"' for name in rows[0])
        connection.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json)"
            " ON CONFLICT DO NOTHING",
            [json.dumps(rows, default=str, ensure_ascii=False)],
        )
    return made.truth
