"""What can go wrong in a way that an operator can mend."""

from bot.digests.problems import UnreadableDigest
from bot.endings import AnotherCopyRuns, TokenRefused
from bot.load_settings import SettingsError
from bot.sources.files import SourceUnreachable
from storage.database import DatabaseUnusable


class UsageProblem(Exception):
    """What was typed cannot be done; the message says why and what can."""


PROBLEMS = (
    AnotherCopyRuns,
    DatabaseUnusable,
    SettingsError,
    SourceUnreachable,
    TokenRefused,
    UnreadableDigest,
    UsageProblem,
)
