"""HTML tags among words are obeyed where they mean something, and leave no trace where they do not."""

from datetime import UTC, datetime

import pytest

from bot.digests.read import LeftOut, read_digest
from bot.digests.site import Site
from storage.model import FormattedText


def summary_of(words: str) -> FormattedText:
    """What *words* become as the summary of an item."""
    body = f"1. [One](https://example.org/1)\n\n   {words}\n\n2. [Two](https://example.org/2)\n"
    read = read_digest(
        f"---\ntitle: x\ndate: 2025-01-01\n---\n{body}".encode(),
        "x.md",
        site=Site(),
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert not isinstance(read, LeftOut)
    return read.items[0].summary


@pytest.mark.parametrize(
    ("written", "style", "styled"),
    [
        ("so <b>bold</b> it is", "bold", "bold"),
        ("so <strong>bold</strong> it is", "bold", "bold"),
        ("so <i>slanted</i> it is", "italic", "slanted"),
        ("so <em>slanted</em> it is", "italic", "slanted"),
        ("so <u>lined</u> it is", "underline", "lined"),
        ("so <ins>new</ins> it is", "underline", "new"),
        ("so <mark>marked</mark> it is", "underline", "marked"),
        ("so <del>gone</del> it is", "strikethrough", "gone"),
        ("press <kbd>Ctrl</kbd> now", "code", "Ctrl"),
        ("see <a href='https://example.org/x'>there</a> too", "text_link", "there"),
        ("see ![a bee](https://example.org/bee.png) here", "text_link", "🖼 a bee"),
        ('see <img src="https://example.org/bee.png" alt="a bee"> here', "text_link", "🖼 a bee"),
    ],
)
def test_a_tag_that_means_something_is_a_style(written: str, style: str, styled: str) -> None:
    text = summary_of(written)

    assert [(e.type.value, text.text[e.offset : e.offset + e.length]) for e in text.entities] == [(style, styled)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("H<sub>2</sub>O and 10<sup>-9</sup> m", "H₂O and 10⁻⁹ m"),
        ("the 2<sup>nd</sup> bee<sup>TM</sup>, x<sup>n</sup>", "the 2nd beeTM, xⁿ"),
        ("a <details><summary>More</summary>is <p>hidden</p>here</details>", "a\nMore\nis\nhidden\nhere"),
        ("these: <ul><li>bees</li><li>wasps</li></ul> fly", "these:\n• bees\n• wasps\nfly"),
        ('a <span class="x">span</span> <font color=red>red</font> <blink>!</blink>', "a span red !"),
        ("seen <!-- not seen --> again", "seen again"),
        ("seen <script>let x</script> again", "seen again"),
        ('seen {{< figure src="x" >}} again {% raw %}', "seen again"),
        ("3 < 4 and a<b", "3 < 4 and a<b"),
        ("&lt;b&gt; &amp;&nbsp;&copy;", "<b> &\u00a0©"),
    ],
)
def test_a_tag_is_gone_and_what_it_says_is_there(written: str, read: str) -> None:
    text = summary_of(written).text

    assert "\n".join(line.strip() for line in text.split("\n")) == read
