"""Write a category so that Telegram makes one tappable hashtag of it."""

import re
import unicodedata

from storage.model import Category

_LONGEST = 64


def hashtag(category: Category) -> str:
    """`AI 资讯` as `#AI_资讯`; a name that Telegram would find no hashtag in stays as it is.

    TDLib (`match_hashtags`) takes letters, digits and underscores, at least one of them a letter.
    """
    tag = re.sub(r"_{2,}", "_", "".join(sign if _is_taken(sign) else "_" for sign in category.name)).strip("_")
    if not any(unicodedata.category(sign).startswith("L") for sign in tag):
        return category.name
    return f"#{tag[:_LONGEST]}"


def _is_taken(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"
