"""For whom the bot is: pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

# Everybody; operators and whom they let in; operators.
Mode = Literal["public", "invited", "private"]
# Who may bring the bot into groups and channels: anyone for whom it is, or operators.
Bringers = Literal["anyone", "operators"]


@dataclass(frozen=True, slots=True)
class Access:
    """For whom the bot is, and who may bring it into groups and channels."""

    mode: Mode = "public"
    bringers: Bringers = "anyone"

    def lets_in(self, *, operator: bool, guest: bool) -> bool:
        """Say whether the bot is for such a person."""
        return operator or self.mode == "public" or (self.mode == "invited" and guest)

    def lets_bring(self, *, operator: bool, guest: bool) -> bool:
        """Say whether such a person may bring it into a group or channel."""
        return operator or (self.bringers == "anyone" and self.lets_in(operator=operator, guest=guest))


EVERYBODY = Access()


def access_of(mode: Mode, bringers: Bringers | None, operators: Collection[int]) -> Access:
    """Give what the settings say; where nothing is said of groups (None), it is for operators, if there are any."""
    return Access(mode, bringers or ("operators" if operators else "anyone"))
