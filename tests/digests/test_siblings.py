"""What the headings at one level have in common tells headlines from names of sections."""

from tests.digests.told import headlines


def test_a_story_that_is_told_in_two_sections_describes_neither() -> None:
    stories = (
        "**[Bees dream in colour, say keepers](https://a.example/)**\n**[Wasps dream of bees](https://b.example/)**"
    )

    assert headlines(f"## Top\n\n{stories}\n\n## All\n\n{stories}") == [
        ("Top", "Bees dream in colour, say keepers"),
        ("Top", "Wasps dream of bees"),
        ("All", "Bees dream in colour, say keepers"),
        ("All", "Wasps dream of bees"),
    ]
