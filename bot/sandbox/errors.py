"""What is said instead of a result: by the Bot API in its own words, by the control API in ours."""

from typing import Any


class ApiError(Exception):
    """An answer with `ok: false`; *retry_after* and *migrate_to_chat_id* travel in its parameters."""

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, migrate_to_chat_id: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id

    def answer(self) -> dict[str, Any]:
        """The JSON that goes out."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        parameters: dict[str, int] = {}
        if self.migrate_to_chat_id is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to_chat_id
        if self.retry_after is not None:
            parameters["retry_after"] = self.retry_after
        if parameters:
            answer["parameters"] = parameters
        return answer


def bad_request(words: str) -> ApiError:
    """A 400; *words* as TDLib or the server has them, its first letter lowered as the Bot API server does.

    A name in capitals (`TOPIC_CLOSED`) stays as it is (Client.cpp, fail_query_with_error).
    """
    shouted = len(words) > 1 and (words[1] == "_" or "A" <= words[1] <= "Z")
    return ApiError(400, f"Bad Request: {words if shouted else words[:1].lower() + words[1:]}")


def forbidden(words: str) -> ApiError:
    """A 403."""
    return ApiError(403, f"Forbidden: {words}")


def too_many_requests(retry_after: int) -> ApiError:
    """A 429, which says how many seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


class ControlError(Exception):
    """A control call that cannot be done; *sentence* goes to the caller."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
