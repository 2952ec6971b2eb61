"""What is announced from the command line, read as digests are: Markdown, with lines of buttons at its end."""

from dataclasses import replace
from typing import TextIO

from bot.cli.problems import UsageProblem
from bot.digests.markdown import read_markdown
from bot.digests.prose import write
from bot.messages.announcement_read import Problem, read_announcement
from bot.messages.entities import as_bot_api
from bot.messages.phrases import phrase
from storage.model import Content

# Of a message, after parsing (core.telegram.org/bots/api#sendmessage).
_LONGEST = 4_096


def read_file(file: TextIO) -> Content:
    """Read what *file* says; raise UsageProblem if it cannot be announced."""
    try:
        written = file.read()
    except UnicodeDecodeError as error:
        raise UsageProblem(f"{file.name}: is not UTF-8; save it as UTF-8") from error
    if not written.strip():
        raise UsageProblem(f"{file.name}: says nothing; write there what to announce")
    return read_text(written)


def read_text(written: str) -> Content:
    """Read it; raise UsageProblem if it cannot be announced."""
    # Before the Markdown is read: that makes one paragraph of lines that follow one another.
    content = read_announcement(Content(written.strip()))
    if isinstance(content, Problem):
        raise UsageProblem(phrase("en", content.phrase, **content.facts))
    said = write(read_markdown(content.text, first_line=1, base=None))
    if not said.text:
        raise UsageProblem(phrase("en", "announcement-empty"))
    if len(said.text) > _LONGEST:
        raise UsageProblem(f"a message has room for {_LONGEST:,} characters, and this has {len(said.text):,}")
    return replace(content, text=said.text, entities=tuple(as_bot_api(said.text, said.entities)))
