"""Put what footnotes say where they are referred to, for a chat has no foot.

`[^1]` is no CommonMark; sites have it from GitHub, Hugo (goldmark) and kramdown, with `[^1]: …` further down.
"""

import re
from dataclasses import dataclass

from bot.digests.verbatim import outside_code, parted

# Labels are short, and no blanks are in them.
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*(.*)")
_NEXT_LINE = re.compile(r"(?: {2,}|\t)\S")
_NEXT_PARAGRAPH = re.compile(r"(?: {4,}|\t)\S")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
_ONLY_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
_ARROW = "↗"


@dataclass(frozen=True, slots=True)
class _Note:
    # Where it is defined: which stretch of the body, and which line of that.
    stretch: int
    line: int
    words: str


def with_footnotes_inside(body: str) -> str:
    """The same lines, each footnote in brackets where it is first referred to, or a link if it is only an address.

    One that nothing refers to stays where it is, as words.
    """
    if "[^" not in body:
        return body
    stretches = [text if is_code else text.split("\n") for text, is_code in parted(body)]
    notes: dict[str, _Note] = {}
    for number, stretch in enumerate(stretches):
        if isinstance(stretch, list):
            _take_out(stretch, number, notes)
    known = frozenset(notes)

    def refer(found: re.Match[str]) -> str:
        note = notes.pop(found[1], None)
        # A second time, it was said before.
        return _as_words(note.words) if note else "" if found[1] in known else found[0]

    for stretch in stretches:
        if isinstance(stretch, list):
            text = "\n".join(stretch)
            stretch[:] = outside_code(text, lambda words: _REFERENCE.sub(refer, words)).split("\n")
    for note in notes.values():
        stretches[note.stretch][note.line] = note.words  # type: ignore[index]  # it was defined in a list
    return "".join(stretch if isinstance(stretch, str) else "\n".join(stretch) for stretch in stretches)


def _take_out(lines: list[str], stretch: int, notes: dict[str, _Note]) -> None:
    """Empty those of *lines* that define footnotes, and add these to *notes*; a first definition stays the one."""
    at = 0
    while at < len(lines):
        found = _DEFINITION.match(lines[at])
        if found is None:
            at += 1
            continue
        end = at + 1
        while end < len(lines) and _goes_on(lines, end):
            end += 1
        words = " ".join(filter(None, (found[2].strip(), *(line.strip() for line in lines[at + 1 : end]))))
        notes.setdefault(found[1], _Note(stretch, at, words))
        lines[at:end] = [""] * (end - at)
        at = end


def _goes_on(lines: list[str], at: int) -> bool:
    if lines[at].strip():
        return _NEXT_LINE.match(lines[at]) is not None
    return at + 1 < len(lines) and _NEXT_PARAGRAPH.match(lines[at + 1]) is not None


def _as_words(note: str) -> str:
    if address := _ONLY_ADDRESS.fullmatch(note):
        return f"[{_ARROW}](<{address[1]}>)"
    return f" ({_REFERENCE.sub('', note).rstrip()})"
