"""A whole article of HTML becomes the same items as the Markdown that it was made of."""

import time
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bot.digests.front_matter import read_front_matter
from bot.digests.html import read_html
from bot.digests.indents import with_whole_items
from bot.digests.markdown import read_markdown
from bot.digests.placeholders import without_placeholders
from bot.digests.problems import UnreadableDigest
from bot.digests.prose import write
from bot.digests.structure import items_of
from storage.model import EntityType, FormattedText, Item
from tests.lean import lean
from tests.running import SHARED, needs_shared

ROOT = Path(__file__).parents[2]
OURS = [
    *sorted((ROOT / "tests" / "samples").glob("*.md")),
    *sorted((ROOT / "bot" / "cli" / "demo_digests").glob("*.md")),
]
BASE = "https://example.org/"
Told = tuple[str | None, int | None, FormattedText, str | None, FormattedText]


def told(item: Item) -> Told:
    return item.section, item.number, item.headline, item.link, item.summary


def rendered(body: str) -> str:
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(with_whole_items(body)))


def both(file: Path) -> tuple[list[Told], list[Told]]:
    """The items of *file* as Markdown, and as the HTML that markdown-it's own renderer makes of it."""
    body = without_placeholders(read_front_matter(file.read_bytes(), file.name).body)
    markdown = read_markdown(body, first_line=1, base=BASE)
    html = read_html(rendered(body), line=1, base=BASE)
    return [told(item) for item in items_of(markdown)], [told(item) for item in items_of(html)]


def text(html: str) -> str:
    return write(read_html(html, line=1, base=BASE)).text


def entities(html: str) -> list[tuple[EntityType, str, str]]:
    found = write(read_html(html, line=1, base=BASE))
    return [(e.type, found.text[e.offset : e.offset + e.length], e.value) for e in found.entities]


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_our_samples_say_the_same_in_html(file: Path) -> None:
    as_markdown, as_html = both(file)

    assert as_html == as_markdown


@needs_shared
@pytest.mark.long
def test_real_digests_say_the_same_in_html_but_for_what_html_has_lost() -> None:
    same = items = 0
    for file in sorted((SHARED / "corpus").glob("**/*.md")) + sorted((SHARED / "seeds").glob("*.md")):
        try:
            as_markdown, as_html = both(file)
        except UnreadableDigest:
            continue
        items += len(as_markdown)
        same += sum(item[2:] in [other[2:] for other in as_html] for item in as_markdown)

    assert items > 1500
    # The numbers of a list after its first, and labels of references that are defined nowhere.
    assert same / items > 0.97


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>One<br/>\ntwo</p>", "One\ntwo"),
        ("<p>One\n   two</p>three", "One two\n\nthree"),
        ("<ol start=3><li>c<li value=7>g</li><li><p>h</p></ol>", "3. c\n7. g\n8. h"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>d", "• a\n   ◦ b\n• c\n\nd"),
        ("<li>astray<li>again", "• astray\n• again"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "a\n\nb"),
        ("a<hr>b", "a\n\nb"),
        ("<script>if (a<b) { '<p>' }</script>a<style>b{}</style><!-- c -->", "a"),
        ("<html><head><title>t</title><meta charset=x></head><body>a</body></html>", "a"),
        ("a<script>b", "a"),
        ("<noscript><img src=x></noscript>a<title>b", "ab"),
        ("<p>a <blink>b</blink> <x-y z>c</x-y></p>", "a b c"),
        ("a<p>b<div>c<section>d</section></div>", "a\n\nb\n\nc\n\nd"),
        ("2 < 3 &lt; 4 &amp; &nbsp;&hellip;", "2 < 3 < 4 & \xa0…"),
        ('<img src="/bee.png" alt="A bee"><img src="/seen.gif?1" width="1" height="1" alt="">', "🖼 A bee"),
        ('<h2>Bees <a class="headerlink" href="#bees">¶</a></h2>', "Bees"),
        ("<table><tr><th>a<th>b<tr><td>1<td></table>", "a  b\n1"),
        ("<table><tr><td>a</td><td></td></tr><tr><td></td><td>2</td></tr></table>", "a\n   2"),
        ("<table><caption>c</caption><tr><td><h2>a</h2><p>b</p></td><td>d</td></tr></table>", "c\n\na\nb\n\nd"),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
        ("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>c", "a\n\nb\n\nc"),
        ("<td>astray</td><tr>again</tr></table></ul></li></blockquote></pre>b", "astray\n\nagain\n\nb"),
        ("<table><tr><td><ul><li>a</td><td>b</td></tr></table>", "• a\n\nb"),
    ],
)
def test_html_is_read_as_a_browser_shows_it(html: str, told: str) -> None:
    assert text(html) == told


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<b>a</b> <em>b</em> <del>c</del>", [("bold", "a", ""), ("italic", "b", ""), ("strikethrough", "c", "")]),
        ("<pre><code class='language-c++'>a &lt; b\n  c</code></pre>", [("pre", "a < b\n  c", "c++")]),
        ("<div class='language-go x'><div class=y><pre><code>a<br>b</code></pre></div></div>", [("pre", "a\nb", "go")]),
        ("<pre>a</pre><pre>b", [("pre", "a", ""), ("pre", "b", "")]),
        ("<a href='/x'><h3>Bees</h3></a>", [("text_link", "Bees", f"{BASE}x"), ("bold", "Bees", "")]),
        ("<ul><li><a href='/x'>a<li>b</ul>", [("text_link", "a", f"{BASE}x")]),
        ("<a href='/x'>a <a href='/y'>b</a> c</a>", [("text_link", "a", f"{BASE}x"), ("text_link", "b", f"{BASE}y")]),
        ("<p>通过**“硬”蒸馏（distillation）**技术</p>", [("bold", "“硬”蒸馏（distillation）", "")]),
        ("<p>2**3 and 4**5, and **kwargs**</p>", []),
    ],
)
def test_html_keeps_what_it_says_of_words(html: str, found: list[tuple[str, str, str]]) -> None:
    assert entities(html) == found


@pytest.mark.parametrize(
    "piece",
    lean(
        [
            *(
                "<",
                "<a ",
                "<!--",
                "<script>",
                "<title>",
                "</",
                "<ul><li>",
                "<li>",
                "<table>",
                "<td>",
                "<tr><td>a",
                "</table>",
            ),
            *(
                "<b>",
                "<a href=x>",
                "<blockquote>",
                "**a",
                "**a**语",
                "&amp",
                "<pre>",
                "<h1>",
                "<table><tr><td>a",
                "<p>",
                "a\n ",
            ),
        ],
        most=8,
    ),
)
def test_hostile_html_is_read_in_time(piece: str) -> None:
    html = piece * (200_000 // len(piece))
    begin = time.thread_time()

    write(read_html(html, line=1, base=BASE))

    # Ten times what it takes; what grows with the square of the size took longer.
    assert time.thread_time() - begin < 10
