"""The sample digests that we wrote, each with what it must become written out beside it, to be read by people.

`uv run python -m tests.samples_of_ours` writes the expectations anew; read what changed before you keep it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.digests.read import LeftOut, read_digest
from bot.digests.site import Site
from bot.messages.entities import BotApiEntity, as_bot_api
from bot.messages.phrases import languages
from bot.messages.view import MessagePart, render
from storage.model import Digest, FormattedText, Item, Layout

FOLDER = Path(__file__).parent / "samples"
SITE = Site(base_url="https://news.example.org/")
NOW = datetime(2025, 12, 1, tzinfo=UTC)
LAYOUTS: tuple[Layout, ...] = ("full", "headlines")
NOTHING = "—"


def samples() -> list[Path]:
    """The Markdown files that have their expectations beside them."""
    return sorted(FOLDER.glob("*.md"))


def digest_file(sample: Path) -> Path:
    """Where the digest that *sample* must become is written out."""
    return sample.with_suffix(".digest.txt")


def messages_file(sample: Path) -> Path:
    """Where the messages that *sample* must become are written out."""
    return sample.with_suffix(".messages.txt")


def read(sample: Path) -> Digest:
    """The digest that *sample* is read as."""
    digest = read_digest(sample.read_bytes(), sample.name, site=SITE, now=NOW)
    assert not isinstance(digest, LeftOut)
    return digest


def digest_written_out(digest: Digest) -> str:
    """Everything that *digest* says, a line for each fact."""
    at = digest.published_at
    facts = {
        "title": digest.title,
        "published": NOTHING if at is None else str(at.date()) if digest.day_only else at.isoformat(),
        "categories": " | ".join(category.name for category in digest.categories) or NOTHING,
        "permalink": digest.permalink or NOTHING,
        "language": digest.language or NOTHING,
        "intro": marked(digest.intro),
    }
    return "\n".join([*_lines(facts), *(line for item in digest.items for line in _item(item)), ""])


def messages_written_out(digest: Digest) -> str:
    """Every view of *digest* as its messages."""
    return "\n\n".join(
        _message(part, f"{layout} · {language} · message {number} of {len(parts)}")
        for layout in LAYOUTS
        for language in languages()
        for parts in [render(digest, layout=layout, language=language)]
        for number, part in enumerate(parts, 1)
    )


def marked(text: FormattedText) -> str:
    """The text with each style around its words: `⟦bold: these⟧`; offsets are UTF-16 units, as Telegram reads them."""
    return _marked(text.text, as_bot_api(text.text, text.entities)) or NOTHING


def _item(item: Item) -> Iterator[str]:
    number = "item" if item.number is None else f"item number {item.number}"
    yield f"\n{number}, line {item.line}{'' if item.section is None else f', in {item.section}'}"
    yield from _lines(
        {"headline": marked(item.headline), "link": item.link or NOTHING, "summary": marked(item.summary)}
    )


def _lines(facts: dict[str, str]) -> Iterator[str]:
    for name, fact in facts.items():
        first, *others = fact.split("\n")
        yield f"  {name:10}  {first}"
        yield from (f"{'':14}{line}".rstrip() for line in others)


def _message(part: MessagePart, name: str) -> str:
    lines = _marked(part.text, as_bot_api(part.text, part.entities)).split("\n")
    button = [] if part.rest is None else [f"[{part.rest.label}]"]
    return "\n".join([name, "", *(f"| {line}".rstrip() for line in lines), *button])


def _marked(text: str, entities: Sequence[BotApiEntity]) -> str:
    units = text.encode("utf-16-le")
    marks: list[tuple[int, int, str]] = []
    for depth, entity in enumerate(entities):
        start, length = int(entity["offset"]), int(entity["length"])
        marks += [(start, depth, f"⟦{_name(entity)}: "), (start + length, -1 - depth, "⟧")]
    written, at = "", 0
    # What ends here, the innermost first; then what begins here, the outermost first.
    for place, _, mark in sorted(marks):
        written += units[2 * at : 2 * place].decode("utf-16-le") + mark
        at = place
    return written + units[2 * at :].decode("utf-16-le")


def _name(entity: BotApiEntity) -> str:
    values = (entity.get("url"), entity.get("unix_time"), entity.get("language"))
    return " ".join(str(each) for each in (entity["type"], *values) if each is not None)


def write_all() -> None:
    """Write out what each sample becomes now."""
    for sample in samples():
        digest = read(sample)
        digest_file(sample).write_text(digest_written_out(digest), encoding="utf-8")
        messages_file(sample).write_text(messages_written_out(digest) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_all()
