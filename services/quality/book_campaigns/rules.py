"""图书清理专项: a kindergarten reports what it checked and removed, somebody else checks again. Pure."""

from services.quality.permissions import May
from shared.machine import Machine, Verb, other_than, states

BASIS = "教材〔2021〕2号;行动计划(怀政办发〔2023〕16号)三(三)1"
_OTHER = (other_than("复查", "reported_by"),)
MACHINE: Machine = {
    "report": Verb("重新报告", May.REPORT_BOOKS, states("failed"), "reported", BASIS),
    "pass": Verb("复查通过", May.RUN_BOOK_CAMPAIGNS, states("reported"), "passed", BASIS, _OTHER),
    "fail": Verb("复查未通过", May.RUN_BOOK_CAMPAIGNS, states("reported", "passed"), "failed", BASIS, _OTHER),
}
