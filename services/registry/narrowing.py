"""What a list query means for the indexes.

The beginning of a name is a range of its pinyin key; a caller who sees only some kindergartens asks for just these.
"""

from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, and_, any_, bindparam, func

from shared.auth import Actor
from shared.pinyin import pinyin_key
from shared.schemas import Page, zh


class Narrowed(Page):
    """Conditions that follow from the query and the caller; never part of a route's parameters."""

    owned: Annotated[list[UUID] | None, zh("所管幼儿园")] = None
    characters: Annotated[str | None, zh("名称开头")] = None
    syllables: Annotated[str | None, zh("名称开头的拼音")] = None
    letters: Annotated[str | None, zh("拼音字母")] = None
    initial: Annotated[str | None, zh("拼音首字母")] = None


def narrowing(q: str | None, actor: Actor) -> dict[str, Any]:
    """The fields of `Narrowed` for a beginning of a name, in characters or pinyin letters, asked by this caller."""
    found: dict[str, Any] = {} if actor.divisions else {"owned": list(actor.kindergartens)}
    if q and q.isascii():
        letters = "".join(q.lower().split())
        found |= {"letters": letters, "initial": letters[:1]}
    elif q:
        found |= {"characters": q, "syllables": pinyin_key(q).removesuffix(q)}
    return found


def conditions(
    name: ColumnElement[str], pinyin: ColumnElement[str], kindergarten: ColumnElement[UUID | None]
) -> dict[str, ColumnElement[bool]]:
    """The filters of a listing that `narrowing` sets."""
    letters = func.replace(pinyin, " ", "").bool_op("^@")(bindparam("letters"))
    return {
        "owned": kindergarten == any_(bindparam("owned", type_=ARRAY(Uuid))),
        "characters": and_(pinyin.bool_op("^@")(bindparam("syllables")), name.bool_op("^@")(bindparam("characters"))),
        # The first letter alone can use the index; the key has blanks between its syllables, and callers do not.
        "letters": and_(pinyin.bool_op("^@")(bindparam("initial")), letters),
    }
