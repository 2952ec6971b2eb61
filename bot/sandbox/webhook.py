"""Where the bot wants its updates sent instead of asking for them, and how sending them goes."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Attempt:
    """An update on its way to the bot."""

    # On the clock that never goes back: not before.
    next_at: float = 0
    fails: int = 0
    # Seconds; doubles with each further failure.
    delay: float = 1
    flying: bool = False


@dataclass(slots=True)
class Webhook:
    """What setWebhook said; an empty *url*: the bot polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    # On the clock that never goes back: one change a second is taken.
    next_set_at: float = 0
    # By update id; those that were tried or are being tried.
    attempts: dict[int, Attempt] = field(default_factory=dict)
    # Unix seconds; 0: nothing went wrong yet.
    last_error_at: float = 0
    last_error: str = ""

    def set(self, url: str, *, secret: str = "", max_connections: int = 40) -> None:
        """Begin anew with *url*."""
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self.attempts = {}
        self.last_error_at, self.last_error = 0, ""
