"""Why an entry cannot be posted or reversed."""

from shared.errors import DomainError, rule

UNBALANCED = rule(
    "entry_does_not_balance",
    "借贷不平:财务会计与预算会计须各自平衡,且至少两行。",
    "Debits and credits differ: the financial and the budget lines each balance, and there are two or more.",
)
NO_ACCOUNT = rule(
    "account_is_not_in_the_chart",
    "科目在入账日期的会计制度版本中不存在。",
    "An account is not in the chart of the book's standard on the effective day.",
    "请查询 GET /account-titles?standard=…&as_of=入账日期。",
    "See GET /account-titles?standard=…&as_of=the effective day.",
)
FOREIGN_LINES = rule(
    "lines_belong_to_their_entry",
    "分录行只能与凭证同时写入。",
    "Lines are written together with their entry and never after it.",
)
REVERSED_ONCE = rule("entry_is_reversed_once", "该凭证已冲销。", "The entry has been reversed already.")


class EntryDiffers(DomainError):
    zh = "来源 {source} 的凭证号 {source_key} 已记账,且内容不同。"
    en = "The entry {source_key} of {source} is posted already, with other content."
    hint_zh = "凭证不可修改;如有错误,请冲销后以新号重记。"
    hint_en = "An entry is never changed: reverse it and post anew under another key."


class EntryBelongsToItsSource(DomainError):
    zh = "该凭证由业务({source})自动生成,不能直接冲销。"
    en = "The entry comes from {source}: it is not reversed by hand."
    hint_zh = "请在业务中办理退费、核减或差额调整。"
    hint_en = "Undo the business itself: a refund, a credit note, a difference."


class ReversalStands(DomainError):
    zh = "冲销凭证不能再冲销。"
    en = "A reversal cannot be reversed."
    hint_zh = "请重新记账。"
    hint_en = "Post the original again under another key."
