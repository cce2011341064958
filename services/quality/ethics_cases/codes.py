from shared.schemas import Code


class EthicsState(Code):
    """师德案件状态."""

    REPORTED = "reported", "待受理", "reported"
    INVESTIGATING = "investigating", "调查中", "investigating"
    INVESTIGATED = "investigated", "调查终结", "investigated"
    NOTIFIED = "notified", "拟处理告知", "notified"
    DECIDED = "decided", "已决定", "decided"
    APPEALED = "appealed", "申诉中", "appealed"
    FINAL = "final", "终结", "final"
    REVOKED = "revoked", "已撤销", "revoked"
    DISMISSED = "dismissed", "不予立案", "dismissed"


class EthicsSource(Code):
    """线索来源."""

    STAFF = "staff", "教职工", "staff"
    GUARDIAN = "guardian", "家长", "guardian"
    PUBLIC = "public", "社会公众", "public"
    INSPECTION = "inspection", "检查发现", "inspection"
    POLICE = "police", "公安机关", "police"
    MEDIA = "media", "媒体舆情", "media"


class EthicsBehaviour(Code):
    """师德失范行为."""

    ABUSE = "abuse", "虐待幼儿(虐童)", "abuse"
    CORPORAL_PUNISHMENT = "corporal_punishment", "体罚幼儿", "corporal punishment"
    DISGUISED_CORPORAL_PUNISHMENT = "disguised_corporal_punishment", "变相体罚幼儿", "disguised corporal punishment"
    SEXUAL_ABUSE = "sexual_abuse", "性侵害幼儿", "sexual abuse"
    INSULT = "insult", "侮辱幼儿", "insult"
    DISCRIMINATION = "discrimination", "歧视幼儿", "discrimination"
    OTHER_NORM = "other_norm", "违反其他行为准则", "violation of another norm"


class EthicsSanction(Code):
    """处分与其他处理."""

    WARNING = "warning", "警告", "warning"
    DEMERIT = "demerit", "记过", "demerit"
    DEMOTION = "demotion", "降低岗位等级或撤职", "demotion or removal from post"
    DISMISSAL = "dismissal", "开除", "dismissal"
    CRITICISM = "criticism", "批评教育", "criticism"
    ADMONITION = "admonition", "诫勉谈话", "admonition"
    ORDERED_REVIEW = "ordered_review", "责令检查", "ordered self-review"
    CIRCULATED_CRITICISM = "circulated_criticism", "通报批评", "circulated criticism"
    QUALIFICATION_LOSS = "qualification_loss", "取消评优、晋升等资格", "loss of eligibility"
