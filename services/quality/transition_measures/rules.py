"""Which documents speak to whom. Pure."""

from typing import Final, Literal

Side = Literal["kindergarten", "school"]
BOTH: Final = ("kindergarten", "school")
# Documents of the transition 幼小衔接 among the frameworks, and whose measures they hold.
DOCUMENTS: Final[dict[str, tuple[str, ...]]] = {
    "transition-opinions": BOTH,
    "transition-preparation": ("kindergarten",),
    "transition-adaptation": ("school",),
    "transition-beijing": BOTH,
}


def documents_of(side: Side) -> list[str]:
    """The documents whose measures that side carries out."""
    return [name for name, sides in DOCUMENTS.items() if side in sides]
