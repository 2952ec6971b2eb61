"""Tell the language of a text by its script, where that alone is plain."""

import re

from bot.digests.twins import is_same

# So much tells it, however long the text is.
_ENOUGH = 2_000
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]+")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+")
_LETTER = re.compile(r"[^\W\d_]+")


def or_of_site(seen: str | None, language_of_site: str | None) -> str | None:
    """The language *seen* in a script, unless the site's is as likely: none is seen, or that one, said more exactly."""
    is_silent = seen is None or is_same(seen, language_of_site)
    return language_of_site if is_silent else seen


def language_by_script(text: str) -> str | None:
    """The BCP 47 tag `zh`, `ja` or `ko` if *text* is mostly in that script, Latin names aside; else None."""
    text = text[:_ENOUGH]
    if text.isascii():
        return None
    han, kana, hangul = (_count(script, text) for script in (_HAN, _KANA, _HANGUL))
    cjk = han + kana + hangul
    # A word of an alphabet has several letters, and one of Han two or so.
    if not cjk or 2 * cjk < _count(_LETTER, text) - cjk:
        return None
    if 2 * hangul > cjk:
        return "ko"
    # No Japanese does with less; a single `の` is found in Chinese too.
    return "ja" if 10 * kana > cjk else "zh"


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))
