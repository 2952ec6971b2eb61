## What stands on every answer

state-words = You get what mentions { $words }.
state-categories-words = You get { $categories }, and what mentions { $words }.
state-muted = { $gets } Nothing that mentions { $words }.

## /follow, /mute

followed = { $whom ->
    [group] This group follows
    [topic] This topic follows
    [there] It follows
   *[you] You follow
} { $words }.
muted = { $whom ->
    [group] This group mutes
    [topic] This topic mutes
    [there] It mutes
   *[you] You mute
} { $words }.
follow-brings = { $had ->
    [everything] { $whom ->
        [group] This group gets
        [topic] This topic gets
        [there] It gets
       *[you] You get
    } everything already. Once you choose categories, items with { $count ->
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
words-too-many = I keep { $most } words{ $whom ->
    [you] { " " }for you, and you have { $count }
   *[other] , and there are { $count }
}. Remove some first.
button-as-one = Only together: “{ $words }”

## The words that one has

words-followed = { $count ->
    [0] { $whom ->
        [group] This group follows
        [topic] This topic follows
        [there] It follows
       *[you] You follow
    } no words. Items with a word that { $whom ->
        [you] you follow
       *[other] it follows
    } come even from other categories.
    [one] { $whom ->
        [group] This group follows
        [topic] This topic follows
        [there] It follows
       *[you] You follow
    } one word. Items with it come even from other categories.
   *[other] { $whom ->
        [group] This group follows
        [topic] This topic follows
        [there] It follows
       *[you] You follow
    } { $count } words. Items with any of them come even from other categories.
}
words-muted = { $count ->
    [0] { $whom ->
        [group] This group mutes
        [topic] This topic mutes
        [there] It mutes
       *[you] You mute
    } no words. Items with a muted word are left out of what comes.
    [one] { $whom ->
        [group] This group mutes
        [topic] This topic mutes
        [there] It mutes
       *[you] You mute
    } one word. Items with it are left out of what comes.
   *[other] { $whom ->
        [group] This group mutes
        [topic] This topic mutes
        [there] It mutes
       *[you] You mute
    } { $count } words. Items with any of them are left out of what comes.
}
words-tap = Tap a word to remove it.
words-typed = Phrases go in quotes: { $command } Qwen "world model"
button-add-words = Add words
button-followed-words = { $whom ->
    [you] Words I follow
   *[other] Followed words
}
button-muted-words = { $whom ->
    [you] Words I mute
   *[other] Muted words
}
words-to-follow = Which words? Blanks between them, phrases in quotes.
words-to-mute = Which words shall I leave out? Blanks between them, phrases in quotes.

## /unfollow, /unmute

unfollowed = { $whom ->
    [group] This group no longer follows
    [topic] This topic no longer follows
    [there] It no longer follows
   *[you] You no longer follow
} { $words }.
unmuted = { $whom ->
    [group] This group no longer mutes
    [topic] This topic no longer mutes
    [there] It no longer mutes
   *[you] You no longer mute
} { $words }.
not-followed = { $whom ->
    [group] This group did not follow
    [topic] This topic did not follow
    [there] It did not follow
   *[you] You did not follow
} { $words }.
not-muted = { $whom ->
    [group] This group did not mute
    [topic] This topic did not mute
    [there] It did not mute
   *[you] You did not mute
} { $words }.
words-undone = Done: all is as before.

command-follow = Words that bring items from anywhere
command-mute = Words that keep items away
