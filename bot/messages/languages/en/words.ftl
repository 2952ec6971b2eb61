## What stands on every answer

state-words = You get what mentions { $words }.
state-categories-words = You get { $categories }, and what mentions { $words }.
state-muted = { $gets } Nothing that mentions { $words }.

## /follow, /mute

followed = You follow { $words }.
muted = You mute { $words }.
follow-brings = { $had ->
    [everything] You get everything already. Once you choose categories, items with { $count ->
        [one] it
       *[other] any of them
    } still come.
    [categories] Items with { $count ->
        [one] it
       *[other] any of them
    } come even from other categories.
   *[nothing] Items with { $count ->
        [one] it
       *[other] any of them
    } come, from any category.
}
mute-hides = Items with { $count ->
    [one] it
   *[other] any of them
} are left out of what comes.
followed-instead = No longer muted: { $words }.
muted-instead = No longer followed: { $words }.
lately = In the last 30 days: { $counts }.
lately-items = { $number ->
    [0] no item yet
    [one] one item
   *[other] { $number } items
}
lately-more-items = more than { $number } items
lately-word = { $word } { $number }
lately-word-more = { $word } { $number }+
words-too-long = A word or phrase may have { $longest } characters.
words-too-many = I keep { $most } words for you, and you have { $count }. Remove some first.
button-as-one = Only together: “{ $words }”

## The words that one has

words-followed = { $count ->
    [0] You follow no words. Items with a word that you follow come even from other categories.
    [one] You follow one word. Items with it come even from other categories.
   *[other] You follow { $count } words. Items with any of them come even from other categories.
}
words-muted = { $count ->
    [0] You mute no words. Items with a muted word are left out of what comes.
    [one] You mute one word. Items with it are left out of what comes.
   *[other] You mute { $count } words. Items with any of them are left out of what comes.
}
words-tap = Tap a word to remove it.
words-typed = Phrases go in quotes: { $command } Qwen "world model"
button-add-words = Add words
button-followed-words = Words I follow
button-muted-words = Words I mute
words-to-follow = Which words? Blanks between them, phrases in quotes.
words-to-mute = Which words shall I leave out? Blanks between them, phrases in quotes.

## /unfollow, /unmute

unfollowed = You no longer follow { $words }.
unmuted = You no longer mute { $words }.
not-followed = You did not follow { $words }.
not-muted = You did not mute { $words }.
words-undone = Done: all is as before.

command-follow = Words that bring items from anywhere
command-mute = Words that keep items away
