from datetime import datetime
from typing import Annotated
from uuid import UUID

from shared.schemas import Count, Out, zh


class FileOut(Out):
    """A stored file. Its name was not kept; its type is that of its content."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    media_type: Annotated[str, zh("类型")]
    bytes: Annotated[Count, zh("字节数")]
    sha256: Annotated[str, zh("SHA-256")]
    width: Annotated[Count | None, zh("宽")]
    height: Annotated[Count | None, zh("高")]
    uploaded_by: Annotated[str, zh("上传人")]
    uploaded_at: Annotated[datetime, zh("上传时刻")]
