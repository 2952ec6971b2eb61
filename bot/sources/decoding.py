"""Tell the words of a feed from its bytes, whatever encoding it says it is in."""

import codecs
import re

_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
# The longer ones first, as one begins with another.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# Python has others, which are not for texts of strangers: `punycode` takes time with the square of the length.
_TAKEN = ("utf-8", "utf-16", "utf-32", "iso8859", "cp", "gb", "big5", "euc", "shift", "iso2022", "koi8", "mac", "ascii")
# What is meant by these is more than they say (WHATWG, Encoding Standard, 4.2).
_MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "shift_jis": "cp932",
    "euc_kr": "cp949",
}  # fmt: skip


def decoded(content: bytes, charset: str | None) -> str:
    """The text of *content*, of which HTTP says that it is in *charset*; what cannot be read becomes U+FFFD.

    What reads as UTF-8 is UTF-8, whatever is said of it: other texts do not by chance.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace").lstrip("\ufeff")
    declared = _DECLARED.match(content)
    said = [charset or "", declared[1].decode() if declared else ""]
    names = ["utf-8", *(codec for codec in map(_codec, said) if codec)]
    if b"\x1b" in content:
        # The Japanese encodings of seven bits read as UTF-8, too.
        names.reverse()
    for name in names:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return min((content.decode(name, "replace") for name in names), key=lambda text: text.count("\ufffd"))


def _codec(said: str) -> str | None:
    try:
        name = codecs.lookup(said).name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(name, name) if name.startswith(_TAKEN) else None
