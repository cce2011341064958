"""Books: their number, and the two stages of their review. Pure."""

from services.quality.permissions import May
from shared.machine import Machine, Verb, other_than, states

BASIS = "中小学生课外读物进校园管理办法(教材〔2021〕2号);学前教育法第五十七条"
MACHINE: Machine = {
    "screen": Verb(
        "初审", May.REVIEW_BOOKS, states("proposed"), "screened", BASIS, (other_than("初审", "proposed_by"),)
    ),
    "approve": Verb(
        "复审",
        May.REVIEW_BOOKS,
        states("screened"),
        "reviewed",
        BASIS,
        (other_than("复审", "proposed_by", "screened_by"),),
    ),
    "remove": Verb("清理", May.REMOVE_BOOKS, states("approved", "rejected", "screened", "proposed"), "removed", BASIS),
}


def normal_isbn(text: str) -> str | None:
    """The thirteen digits of an ISBN, or None when they do not check (GB/T 5795-2006, EAN-13); ten become thirteen."""
    plain = text.replace("-", "").replace(" ", "").upper()
    if len(plain) == 10 and plain[:9].isdigit() and (plain[9].isdigit() or plain[9] == "X"):  # noqa: PLR2004  # ISBN-10
        total = sum((10 - n) * (10 if c == "X" else int(c)) for n, c in enumerate(plain))
        if total % 11:
            return None
        body = "978" + plain[:9]
        return body + str(-sum(int(c) * (3 if n % 2 else 1) for n, c in enumerate(body)) % 10)
    if len(plain) != 13 or not plain.isdigit() or plain[:3] not in ("978", "979"):  # noqa: PLR2004  # ISBN-13
        return None
    return plain if sum(int(c) * (3 if n % 2 else 1) for n, c in enumerate(plain)) % 10 == 0 else None
