"""Chinese names in the order people expect: a stored pinyin key, never a collation."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=16_384)
def _syllable(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.NORMAL)[0]).lower()


def pinyin_key(name: str) -> str:
    """Sort key of a name: its syllables without tones, each followed by a blank, then the name itself."""
    return "".join(f"{_syllable(character)} " for character in name) + name
