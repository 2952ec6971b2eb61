"""What can be wrong with a digest file, as its writer should hear it."""


class UnreadableDigest(Exception):
    """A digest file that cannot be read: where, why, and what to do about it."""

    def __init__(self, path: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {remedy}")
        self.path = path
        self.line = line
        self.problem = problem
        self.remedy = remedy


class BrokenMetadata(Exception):
    """Front matter that cannot be read; *line* counts from 1 inside it."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.remedy = remedy
