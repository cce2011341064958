from typing import Annotated
from uuid import UUID

from shared.schemas import Out, zh


class KeyRotationStarted(Out):
    job: Annotated[UUID, zh("任务编号")]
    key: Annotated[str, zh("现用密钥编号", "The key every identifier will be sealed with; its name, not itself.")]
