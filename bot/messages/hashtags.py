"""Write a category so that Telegram makes one tappable hashtag of it."""

import re
import unicodedata

from bot.messages.graphemes import shortened
from storage.model import Category

_LONGEST = 64
_GAPS = re.compile("__+")


def hashtag(category: Category) -> str:
    """`AI 资讯` as `#AI_资讯`; a name that Telegram would find no whole hashtag in stays words.

    TDLib (`match_hashtags`) takes letters, digits and underscores, at least one of them a letter; a combining mark, as
    in Hindi, ends it.
    """
    kinds = [unicodedata.category(sign) for sign in category.name]
    if not any(kind[0] == "L" for kind in kinds) or any(kind[0] == "M" for kind in kinds):
        return shortened(category.name, _LONGEST)
    signs = (sign if kind[0] == "L" or kind == "Nd" else "_" for sign, kind in zip(category.name, kinds, strict=True))
    return f"#{_GAPS.sub('_', ''.join(signs)).strip('_')[:_LONGEST].rstrip('_')}"
