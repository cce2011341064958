"""From a complaint of 小学化 to its end (学前教育法第五十九条、第七十九条第五项). Pure."""

from typing import Final

from services.quality.permissions import May
from shared.machine import Machine, Verb, other_than, states

BASIS: Final = "学前教育法第五十九条;教基厅函〔2018〕57号"
ORDERING: Final = "学前教育法第七十九条第五项"


MACHINE: Machine = {
    "confirm": Verb("查实", May.CHECK_DAILY_LIFE, states("received"), "confirmed", BASIS),
    "dismiss": Verb("查无实据", May.CHECK_DAILY_LIFE, states("received"), "dismissed", BASIS),
    "order": Verb("责令整改", May.ORDER_DAILY_LIFE, states("confirmed"), "ordered", ORDERING),
    "answer": Verb("报告整改", May.ANSWER_STYLE_CASES, states("ordered"), "answered", ORDERING),
    "close": Verb(
        "复查销案", May.CHECK_DAILY_LIFE, states("answered"), "closed", BASIS, (other_than("复查销案", "answered_by"),)
    ),
    "reopen": Verb("退回整改", May.CHECK_DAILY_LIFE, states("answered"), "reopened", ORDERING),
    "refer": Verb("移送执法", May.ORDER_DAILY_LIFE, states("confirmed", "ordered", "answered"), "referred", ORDERING),
}
