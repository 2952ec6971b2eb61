"""Feeds of our own, in each of the formats that there are."""

import json
from html import escape


def rss(*items: str, head: str = "", tail: str = "</channel></rss>") -> str:
    before = f'<?xml version="1.0" encoding="utf-8"?>\n{head}<rss version="2.0"><channel><title>Bees</title>\n'
    return before + "".join(items) + tail


def an_item(
    number: int = 1, html: str = "<p>They fly.</p>", *, id_: str | None = "", day: int | None = None, more: str = ""
) -> str:
    """An item of RSS, published on the 1st of July 2025 or some days later, as its number says."""
    guid = "" if id_ is None else f'<guid isPermaLink="false">{id_ or f"bee-{number}"}</guid>'
    date = f"<pubDate>{number if day is None else day:02} Jul 2025 08:00:00 +0800</pubDate>"
    return (
        f"<item>{guid}<title>Bees {number}</title><link>https://example.org/{number}</link>{date}"
        f"<description>{escape(html)}</description>{more}</item>\n"
    )


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://example.org/news/">
  <title>Bees</title><id>urn:bees</id><updated>2025-07-02T08:00:00Z</updated>
  <link rel="alternate" href="https://example.org/"/>
  <entry>
    <id>urn:bee-1</id><title type="html">Bees &amp;amp; &lt;em>wasps&lt;/em></title>
    <link rel="alternate" href="one"/><link rel="enclosure" href="one.mp3"/>
    <published>2025-07-01T08:00:00+08:00</published><updated>2025-07-02T08:00:00Z</updated>
    <category term="insects" label="Insects"/><category term="news"/>
    <summary>They do.</summary>
    <content type="xhtml">
      <div xmlns="http://www.w3.org/1999/xhtml"><p>They <b>fly</b>: <a href="see">see</a>.</p></div>
    </content>
  </entry>
</feed>
"""

RSS_1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
  <channel rdf:about="https://example.org/"><title>Bees</title><link>https://example.org/</link></channel>
  <item rdf:about="https://example.org/one"><title>Bees</title><link>https://example.org/one</link>
    <dc:date>2025-07-01T08:00:00+08:00</dc:date><dc:subject>Insects</dc:subject>
    <description>Short.</description><content:encoded><![CDATA[<p>They <b>fly</b>.</p>]]></content:encoded></item>
</rdf:RDF>
"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Bees",
        "language": "en",
        "items": [
            {
                "id": 1,
                "url": "/one",
                "title": "Bees & wasps",
                "content_html": "<p>They <b>fly</b>: <a href='see'>see</a>.</p>",
                "date_published": "2025-07-01T08:00:00+08:00",
                "tags": ["Insects", "news"],
            },
            {"id": "2", "content_text": "No title,\nbut two lines.", "date_modified": "2025-07-02T08:00:00Z"},
        ],
    }
)
