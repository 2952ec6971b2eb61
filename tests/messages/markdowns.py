"""Random digest files, of the kinds that break parsers: CJK, emoji, right-to-left, controls, nesting, huge lines.

Each is written by one `Random`. With Hypothesis behind it, what fails shrinks; with a seed behind it each is another
and made in no time, whereas Hypothesis alone makes five of six documents out of the one before.
"""

import json
from random import Random

WORDS = (
    "model", "开源模型", "（hard distillation）", "オープンソース", "오픈소스", "مرحبا", "שלום", "naïve",
    "e\u0301\u0301", "葛\U000e0100", "👨‍👩‍👧‍👦", "🇩🇪🇫🇷", "👍🏽", "❤️", "1️⃣", "𠮷", "\u202eevil", "\u2066in",
    "\u200b", "\ufeff", "\u00a0", "\u3000", "\x00", "\x07", "\x1b", "\u2028", "\u200f", "\u200e", "\u0333", "\u1160",
    "&amp;", "&#x202e;", "&#xD800;", "&nbsp;", "&lt;b&gt;", "<", ">", "&", "…", "。", "！", "word. Another",
    "x" * 300, "字" * 500, "https://example.org/a_b?c=(d)", "#tag", "@name", "/start", "a@b.example", "[^1]",
    "[^note]", "TOC", "作者：", "Source:", "来源：",
)  # fmt: skip
SIGNS = (
    "*", "**", "***", "_", "__", "~~", "`", "``", "```", "[", "](", "](https://example.org/x)", "](javascript:x)",
    "][ref]", "![", "](http://localhost/)", "](<https://example.org/a b>)", "](/relative)", "](#anchor)",
    "](mailto:a@b.c)", ")", "|", "||", "\\", "{{", "}}", "{%", "%}", "{{< x >}}", "{: .y}", "<!--", "-->",
    "<!--more-->", "  \n", "\\\n",
)  # fmt: skip
TAGS = (
    "<br>", "<br/>", "<b>", "</b>", "<strong>", "</strong>", "<i>", "</i>", "<em>", "</em>", "<u>", "</u>", "<s>",
    "</s>", "<del>", "</del>", '<a href="https://example.org/">', "<a href=/relative>", "<a href='javascript:x'>",
    "<a name=x>", "</a>", "<code>", "</code>", "<kbd>", "</kbd>", "<sup>", "</sup>", "<sub>", "</sub>", "<q>", "</q>",
    "<mark>", "</mark>", "<img src=x>", '<img src="https://example.org/p.png" alt="字 <b>">',
    '<video src="https://example.org/v">', "</video>", "<div>", "</div>", "<p>", "</p>", "<span style='x>y'>",
    "</span>", "<h1>", "</h1>", "<h3>", "</h3>", "<ul><li>", "</li></ul>", "<ol start=7>", "<li>", "</li>", "</ol>",
    "<table><tr><td>", "<tr>", "<td>", "<th>", "</td>", "</table>", "<pre>", "</pre>",
    '<pre><code class="language-py">', "</code></pre>", "<blockquote>", "</blockquote>", "<script>", "</script>",
    "<style>", "</style>", "<details>", "<summary>", "</summary>", "</details>", "<hr>", "<dl><dt>", "<dd>",
    "<iframe>", "</iframe>", "<x-y z>", "<![CDATA[", "]]>", "<?php", "?>", "<", "</", "<a", "&#0;", "&bogus;",
)  # fmt: skip
STARTS = (
    "", "", "", "# ", "## ", "### ", "###### ", "- ", "* ", "+ ", "1. ", "2) ", "7、", "① ", "999999999. ", "> ",
    "> > ", "    ", "  - ", "      * ", "\t", "| ", "|-|-|", "---", "===", "```python", "```", "~~~", "+++", "- [ ] ",
    "[ref]: https://example.org/ref", "[^1]: ", "[^note]: ", "Title: x", ":--", "1️⃣ ", "> - 1. ", "**1.** ", "- **[",
)  # fmt: skip
# Where strange characters live: ASCII and its controls, Latin, accents, jamo, Hebrew and Arabic, invisible marks, CJK
# and its signs, what is private, emoji, flags and tags, and anything at all.
RANGES = (
    (0x20, 0x7F), (0x20, 0x7F), (0x00, 0x20), (0x7F, 0x250), (0x300, 0x370), (0x1100, 0x1200), (0x590, 0x700),
    (0x2000, 0x2070), (0x3000, 0x3100), (0x4E00, 0x9FFF), (0xFF00, 0xFFF0), (0xE000, 0xE010), (0x1F1E6, 0x1F200),
    (0x1F300, 0x1FAFF), (0xE0000, 0xE0080), (0x80, 0xD800), (0x10000, 0x110000),
)  # fmt: skip
MOST_BLOCKS = 25


def markdown(random: Random) -> str:
    """A digest file of no lines to a few thousand."""
    front = _front_matter(random) if random.random() < 0.15 else ""
    blocks = [_block(random) for _ in range(random.randint(0, MOST_BLOCKS))]
    return front + "\n".join(blocks)


def html(random: Random) -> str:
    """The body of a feed's entry: HTML that may be closed or not, nested or torn, or hardly HTML."""
    blocks = [_html_block(random) for _ in range(random.randint(0, MOST_BLOCKS))]
    return random.choice(("", "\n", "\n\n")).join(blocks)


def words(random: Random, most: int = 12) -> str:
    """Some words and signs in a row."""
    return "".join(_piece(random) for _ in range(random.randint(0, most)))


def _piece(random: Random) -> str:
    kind = random.random()
    if kind < 0.35:
        return random.choice(WORDS)
    if kind < 0.6:
        return random.choice(SIGNS)
    if kind < 0.75:
        return random.choice(TAGS)
    return " " if kind < 0.9 else _text(random, 12)


def _text(random: Random, most: int) -> str:
    ranges = [random.choice(RANGES) for _ in range(random.randint(0, most))]
    return "".join(chr(random.randrange(*each)) for each in ranges)


def _front_matter(random: Random) -> str:
    """Metadata in JSON, in which every sign can be written."""
    said: dict[str, object] = {"title": words(random, random.choice((3, 3, 40)))}
    said["categories"] = [words(random, 3) for _ in range(_few(random, 60))]
    said["date"] = random.choice(("2025-07-22", "2025-07-22T04:00:34+08:00", "2025-07-22 09:30", "yesterday"))
    return json.dumps(said) + "\n\n"


def _block(random: Random) -> str:
    kind = random.random()
    if kind < 0.8:
        return random.choice(STARTS) + words(random)
    return random.choice((*_DEEP, *_HUGE, *_HUGE, _table, _fence, _html_block, _footnotes))(random)


def _few(random: Random, most: int) -> int:
    """1 to *most*, and twice as many as likely as half as many: so the largest come, and not at every turn."""
    return int(most ** random.random())


def _deep_list(random: Random) -> str:
    mark = random.choice(("-", "1.", "*"))
    lines = (f"{'  ' * level}{mark} [n{level}](https://example.org/{level})" for level in range(_few(random, 120)))
    return "\n".join(lines)


def _deep_quote(random: Random) -> str:
    return random.choice(("> ", "> - ", "- ", "1. ")) * _few(random, 200) + words(random)


def _deep_styles(random: Random) -> str:
    opening, closing = random.choice(
        (("*a ", " b*"), ("[", "](https://a.example/)"), ("**", "**"), ("<b>", "</b>"), ("~~x ", "~~"))
    )
    depth = _few(random, 150)
    return opening * depth + words(random) + closing * random.choice((depth, depth // 2, 0))


def _many_items(random: Random) -> str:
    text, summary = words(random, 3), words(random, 4)
    item = random.choice(
        (
            "{n}. [{text} {n}](https://example.org/{n})\n   {summary}",
            "{n}. [{text} {n}](https://example.org/{n})\n\n   {summary}\n",
            "- **[{text} {n}](https://example.org/{n})** — {summary}",
            "### [{text} {n}](https://example.org/{n})\n\n{summary}\n",
            "**[{text} {n}](https://example.org/{n})**\n\n{summary}\n",
            "{n}、{text} {n} https://example.org/{n}\n",
            "* {text} {n}",
        )
    )
    return "\n".join(item.format(n=n, text=text, summary=summary) for n in range(1, _few(random, 400) + 1))


def _long_line(random: Random) -> str:
    return _piece(random) * _few(random, 3_000)


def _table(random: Random) -> str:
    columns, piece = _few(random, 30), random.choice(("-", ":-:", "--:"))
    ruled = "|" + f"{piece}|" * columns
    rows = ["|" + "|".join(_piece(random) for _ in range(columns)) + "|" for _ in range(_few(random, 30))]
    return "\n".join([rows[0], ruled, *rows[1:], ""])


def _fence(random: Random) -> str:
    mark = random.choice(("```", "~~~", "````"))
    return f"{mark}{random.choice(('', 'python', '字 x', '`'))}\n{words(random)}\n{random.choice((mark, ''))}"


def _footnotes(random: Random) -> str:
    numbers = range(1, _few(random, 40) + 1)
    return "\n\n".join(
        [f"{words(random, 3)}{''.join(f'[^{n}]' for n in numbers)}", *(f"[^{n}]: {words(random, 4)}" for n in numbers)]
    )


def _html_block(random: Random) -> str:
    kind = random.random()
    if kind < 0.75:
        return "".join(random.choice((random.choice(TAGS), _piece(random))) for _ in range(random.randint(0, 14)))
    if kind < 0.82:
        name = random.choice(("div", "blockquote", "ul><li", "b", "table><tr><td", "a href=https://a.example/"))
        return f"<{name}>" * _few(random, 150) + words(random)
    text = words(random, 4)
    item = random.choice(
        (
            '<li><a href="https://example.org/{n}">{text} {n}</a> {text}</li>',
            '<h3><a href="/{n}">{text} {n}</a></h3><p>{text}</p>',
            "<p><b>{text} {n}</b><br>{text}</p>",
            "<tr><td>{n}</td><td>{text}</td></tr>",
            "<p>{n}. {text}</p>",
        )
    )
    around = {"<li": ("<ol>", "</ol>"), "<tr": ("<table>", "</table>")}.get(item[:3], ("", ""))
    items = (item.format(n=n, text=text) for n in range(1, _few(random, 300) + 1))
    return f"{around[0]}{''.join(items)}{random.choice((around[1], ''))}"


_DEEP = (_deep_list, _deep_quote, _deep_styles)
_HUGE = (_many_items, _long_line)
