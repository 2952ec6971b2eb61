"""The nouns: what digests, subscribers and deliveries are, as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Literal


class EntityType(StrEnum):
    """How a stretch of text is shown; the names are the Bot API's own (core.telegram.org/bots/api#messageentity)."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKETHROUGH = "strikethrough"
    CODE = "code"
    PRE = "pre"
    TEXT_LINK = "text_link"
    BLOCKQUOTE = "blockquote"
    EXPANDABLE_BLOCKQUOTE = "expandable_blockquote"
    DATE_TIME = "date_time"


@dataclass(frozen=True, slots=True)
class Entity:
    """A styled stretch of a text; *offset* and *length* count characters (code points), not UTF-16 units.

    *value* is the URL of a `text_link`, the language of a `pre`, the Unix seconds of a `date_time`, else empty.
    """

    type: EntityType
    offset: int
    length: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text with its styled stretches, in order of offset, the longer first where two begin together."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A label: known by its *folded* name, shown as *name*."""

    folded: str
    name: str
    # As a digest spells it, should that be another name; the same category nevertheless.
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a digest; *headline* may be empty (a sentence with links inside), and so may *summary*."""

    headline: FormattedText
    # None: the source gives no link that Telegram could open.
    link: str | None = None
    summary: FormattedText = FormattedText()
    # None: the digest has no sections, or the item stands before the first.
    section: str | None = None
    # The number that the source prints before it; None: it prints none.
    number: int | None = None
    # Where the item begins in its file, counted from 1.
    line: int = 1


# What a writer put at the head of the file, or the file's name and its folders.
DatedBy = Literal["metadata", "name"]


@dataclass(frozen=True, slots=True)
class Digest:
    """What a digest file says."""

    # Its identity within its source: the path there, with forward slashes.
    path: str
    title: str
    # None: neither the front matter nor the file name has a date.
    published_at: datetime | None
    # True: only the day is known, and *published_at* is its first moment in the source's zone.
    day_only: bool
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    permalink: str | None = None
    # A BCP 47 tag; None: the digest does not say.
    language: str | None = None
    # What its translations share with it: the path without the language; empty: not known.
    twins: str = ""
    # What it says besides its items: a greeting, the theme of the day, a remark on a section.
    intro: FormattedText = FormattedText()
    # Whether its publisher took it back, and those who have it are to know.
    withdrawn: bool = False
    # Where *published_at* was found; the archive does not keep it, and None there does not mean that there was no date.
    dated_by: DatedBy | None = field(default=None, compare=False)
    # Texts of it as the index holds them, if they were cut already.
    cut: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """A digest as the archive keeps it."""

    id: int
    digest: Digest
    # Counts from 1; goes up when the file changes.
    revision: int
    first_seen_at: datetime
    # The digest that it is a translation of; None: it is none, or the first that was seen of several.
    edition_of: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An item of the archive, as a search found it, with the digest it stands in."""

    item: Item
    # By which it stays known, as it is now.
    item_id: int
    digest_id: int
    title: str
    permalink: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Heading:
    """How a digest is named beside another: its title, and where it can be read."""

    title: str
    # None: nowhere that is known.
    permalink: str | None


DeliveryKind = Literal["digest", "edit", "roundup", "announcement"]
ChatType = Literal["private", "group", "supergroup", "channel"]
Layout = Literal["full", "headlines"]
Cadence = Literal["at once", "daily", "weekdays", "weekly"]


class SubscriberState(StrEnum):
    """Whether a subscriber receives: *paused* is Telegram's or an operator's doing, *stopped* their own."""

    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Address:
    """Where Telegram shows a message: a chat and, in a forum, a topic of it (0: no topic)."""

    chat_id: int
    topic_id: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """What a subscriber follows or mutes: items that have each of its phrases.

    *folded* are the phrases as they are compared, each on a line; *shown* is what was typed.
    """

    folded: str
    shown: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a subscriber wants what comes; local times are of *time_zone*."""

    cadence: Cadence = "at once"
    # When a roundup goes; the weekly one on *weekday*, of which 0 is Monday.
    send_time: time = time(8)
    weekday: int = 0
    # An IANA name; None: it is not known, and UTC stands for it.
    time_zone: str | None = None
    # From when until when nothing is sent, over midnight if the latter is the earlier; None: there is no such time.
    quiet_hours: tuple[time, time] | None = None
    # None: it is not snoozed, or not any more.
    snoozed_until: datetime | None = None
    # Whether a roundup that would be empty says so.
    tell_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """What stands under the last part of all that a group, topic or channel gets."""

    footer: FormattedText = FormattedText()
    # A name that it signs with; empty: none.
    signature: str = ""
    # A label and an address for each button of the line below.
    links: tuple[tuple[str, str], ...] = ()


NO_ENDING = Ending()


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a subscriber asked for."""

    everything: bool = False
    categories: tuple[Category, ...] = ()
    layout: Layout = "full"
    # A BCP 47 tag; None: not known, the source's main language serves.
    language: str | None = None
    followed: tuple[Word, ...] = ()
    muted: tuple[Word, ...] = ()
    schedule: Schedule = Schedule()
    # Whether a phone rings for what comes, and whether Telegram shows a preview of the first link.
    sound: bool = True
    previews: bool = False
    # Whether an item that the chat has had before is only named.
    fold_told: bool = True
    ending: Ending = NO_ENDING


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat or topic that receives digests."""

    id: int
    address: Address
    type: ChatType
    state: SubscriberState
    preferences: Preferences
    # The user id of the person who subscribed it; None: it is not known, or a private chat, which does so itself.
    subscribed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest in one of the languages that it is published in."""

    digest_id: int
    # The present one.
    revision: int
    # A BCP 47 tag; None: the digest does not say.
    language: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown of a digest."""

    # Their places, counted from 0, in order; None: all.
    items: tuple[int, ...] | None = None
    # The place of each that the chat has had before, and the digest that told it then, in order.
    told: tuple[tuple[int, int], ...] = ()
    # Whether it is empty only because of muted words: a reason, said when it is chosen, and no part of what is shown.
    all_muted: bool = field(default=False, compare=False)


ALL = Selection()


@dataclass(frozen=True, slots=True)
class Collected:
    """One digest of a roundup, as *revision* has it."""

    digest_id: int
    revision: int
    selection: Selection = ALL


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a delivery is made of, from its first part on; its later parts come from that.

    It is all that a view depends on: deliveries for which it is equal share one.
    """

    # The edition that is sent; of a roundup, its newest digest.
    digest_id: int
    revision: int
    layout: Layout
    language: str
    selection: Selection = ALL
    # What a roundup collects, the oldest digest first; empty: it is none.
    collected: tuple[Collected, ...] = ()
    # Whether its last part leaves room for an ending.
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One digest or announcement owed to one subscriber, its next part claimed to be sent now."""

    id: int
    kind: DeliveryKind
    # 0: it is an announcement.
    digest_id: int
    # In each language that it is published in now, the main one first.
    editions: tuple[Edition, ...]
    subscriber: Subscriber
    due_at: datetime
    # How often its next part was tried, this time included.
    attempts: int
    # How often its next part was asked of Telegram without an answer that could be recorded.
    doubts: int
    # Those among them that were given up included.
    parts_sent: int
    # Parts that were in doubt and are not sent again.
    given_up: int
    # None: nothing of it was sent yet.
    made_of: MadeOf | None
    # 0: it is of a digest.
    announcement_id: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A message that carries a part of a digest, as *revision* has it."""

    id: int
    # 0: it is about to be deleted, or was, and nobody knows.
    revision: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chat was sent of a digest, and has been edited into since: what an edit goes on from."""

    # The delivery that brought it, and what became of that.
    delivery_id: int
    state: str
    # None: it is still under way.
    finished_at: datetime | None
    # As the chat was last shown the whole.
    made_of: MadeOf
    # The present revision of the edition that it was sent.
    revision: int
    # Parts that may or may not have arrived included.
    parts: int
    # By the part that each carries; one that may or may not have arrived, or that somebody deleted, has none.
    messages: Mapping[int, Message]
    # What of it is to be shown.
    selection: Selection = ALL


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement is for; what is empty leaves nobody out. To none but who receives."""

    # Without script or country, as `zh`; an empty one stands for those of whom it is not known.
    languages: tuple[str, ...] = ()
    # Of which `group` means supergroups too.
    types: tuple[str, ...] = ()
    # Whoever is sent one of them; by id.
    categories: tuple[int, ...] = ()


EVERYONE = Audience()


@dataclass(frozen=True, slots=True)
class Content:
    """What an announcement says, as the Bot API sends it."""

    text: str
    method: Literal["sendMessage", "sendPhoto", "sendDocument"] = "sendMessage"
    # By which Telegram knows the picture or file of which *text* is the caption; None: it is a text.
    file_id: str | None = None
    # As the Bot API writes them, offsets in UTF-16 units.
    entities: tuple[Mapping[str, str | int], ...] = ()
    # Rows of buttons, of each its label and its address.
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an operator tells everybody, or some."""

    id: int
    # None: somebody who is forgotten, or the command line.
    made_by: int | None
    state: Literal["draft", "fanning out", "paused", "done", "cancelled"]
    content: Content
    audience: Audience
    # None: it is a draft.
    started_at: datetime | None
    # None: somebody is still to be sent it, or its report to be written.
    ended_at: datetime | None
    # The message that shows the operator how far it is; None: there is none.
    report_message_id: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many chats an announcement is for."""

    people: int = 0
    groups: int = 0
    channels: int = 0

    @property
    def chats(self) -> int:
        """All of them."""
        return self.people + self.groups + self.channels


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of an announcement in the chats that it was owed to; each is counted once."""

    # Those that are being sent it now included.
    waiting: int = 0
    sent: int = 0
    # Telegram says that they blocked the bot, or threw it out, or muted it, or are no more.
    gone: int = 0
    failed: int = 0
    # Those who stopped meanwhile, those left when it was cancelled, and the like.
    skipped: int = 0

    @property
    def owed(self) -> int:
        """All of them."""
        return self.waiting + self.ended

    @property
    def ended(self) -> int:
        """Those that nothing more is sent to."""
        return self.sent + self.gone + self.failed + self.skipped
