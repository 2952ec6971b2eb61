"""Compare the words of a digest file with those that its digest says."""

import re
from collections import Counter
from html import unescape

from bot.digests.emphasis import is_cjk
from bot.digests.placeholders import without_placeholders
from storage.model import Digest

# What no reader sees: comments, scripts, where a link or picture leads, tags, the definitions of reference links and
# the labels that refer to them, the language of a code fence, addresses written out, and what tables are ruled with.
_UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1>|(?<=\])\(\s*<?[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)"
    r"|^ {0,3}\[[^\]\n]+\]:[^\n]*$|(?<=\])\[[^\]\n]*\]|</?[A-Za-z][^<>]*>|^[ \t>]*(?:```|~~~)[^\n]*$|<?https?://[^\s<>)\]，。]+>?",
    re.DOTALL | re.MULTILINE,
)
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"^[ \t>#*]*\d{1,9}[.)](?=\s)", re.MULTILINE)


def words_of(text: str) -> Counter[str]:
    """How often each word is in *text*; of CJK each character is one."""
    found: Counter[str] = Counter()
    for word in _WORD.findall(text.replace("_", " ").casefold()):
        parted = "".join(f" {sign} " if is_cjk(sign) else sign for sign in word)
        found.update(parted.split())
    return found


def words_in_source(body: str) -> Counter[str]:
    """The words of a Markdown *body* that a reader of it sees, without the numbers of its items."""
    return words_of(unescape(_NUMBER.sub("", _UNSEEN.sub(" ", without_placeholders(body)))))


def words_in_digest(digest: Digest) -> Counter[str]:
    """The words of title, intro, sections, headlines and summaries."""
    sections = list(dict.fromkeys(item.section or "" for item in digest.items))
    texts = [
        digest.title,
        digest.intro.text,
        *sections,
        *(f"{item.headline.text}\n{item.summary.text}" for item in digest.items),
    ]
    return words_of(re.sub(r"https?://\S+", " ", "\n".join(texts)))


def lost_words(body: str, digest: Digest) -> Counter[str]:
    """The words of *body* that *digest* does not say as often."""
    return words_in_source(body) - words_in_digest(digest)
