"""Words of the scenarios, with their Chinese."""

from shared.schemas import Code


class ScenarioState(Code):
    """测算方案: changed and simulated as often as wanted, then proposed by one person and decided by another."""

    DRAFT = "draft", "草稿", "draft"
    SIMULATING = "simulating", "测算中", "being simulated"
    SIMULATED = "simulated", "已测算", "simulated"
    PROPOSED = "proposed", "待审批", "proposed"
    APPROVED = "approved", "已批准", "approved"
    REJECTED = "rejected", "已驳回", "rejected"


class ScenarioOutcome(Code):
    """What a scenario means for one kindergarten against the rules in force."""

    GAINS = "gains", "增加", "gains"
    SAME = "same", "不变", "same"
    LOSES = "loses", "减少", "loses"


class Cause(Code):
    """Why a settled amount differs from the simulated one."""

    NOT_SETTLED = "not_settled", "尚未核定", "not settled yet"
    TYPE = "type", "办园性质变化", "type of kindergarten"
    CHILDREN = "children", "人数或数量变化", "children or quantities"
    RATE = "rate", "补助标准或收费变化", "rate or fee"
    CONDITIONS = "conditions", "享受条件变化", "conditions met"
    TILT = "tilt", "倾斜系数变化", "tilt"
    CAP = "cap", "补助上限变化", "cap"
    SHARE = "share", "市区分担比例变化", "share of the city"
    PROGRAMME = "programme", "项目适用范围变化", "reach of the programme"
