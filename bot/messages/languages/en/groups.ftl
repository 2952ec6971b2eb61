## Groups and channels: which one is meant, and who may not

named-group = 👥 { $title }
named-channel = 📢 { $title }
named-topic = 👥 { $title } › { $topic }
only-administrators = Only administrators of { $title } can do that.
only-who-may-post = Only administrators who may post in { $title } can do that.
not-as-channel = Do that as yourself, not as a channel: only administrators of { $title } can.
in-private-only = That is between you and me.
button-to-chat = Write to me
bot-not-there = I am not in { $title } any more. Add me again first.
bot-may-not-post = I may not post in { $title }. Make me an administrator who may.
bot-may-not-write = I may not write in { $title }. Let me send messages there first.
topic-is-closed = I may not write in this topic of { $title }: it is closed or deleted. Open it again first.
reply-to-this = Reply to this message:

## What is said where the bot comes into a group, and to /start there

group-welcome = An administrator chooses what comes here; until then I say nothing. Anybody may ask: /latest, /search
group-stopped = Stopped: nothing comes here.

## What a group settles for itself, in /settings

setting-readers = { $value ->
    [administrators] I answer: administrators
   *[everyone] I answer: everybody
}
setting-tidy = { $value ->
    [0] My answers: stay
    [1] My answers: a minute
    [10] My answers: 10 minutes
    [60] My answers: an hour
    [1440] My answers: a day
   *[other] My answers: { $value } minutes
}

## What stands on answers in a group or topic, of itself

here-everything = { $whom ->
    [topic] This topic gets
   *[group] This group gets
} everything.
here-categories = { $whom ->
    [topic] This topic gets
   *[group] This group gets
} { $categories }.
here-words = { $whom ->
    [topic] This topic gets
   *[group] This group gets
} what mentions { $words }.
here-categories-words = { $whom ->
    [topic] This topic gets
   *[group] This group gets
} { $categories }, and what mentions { $words }.
here-nothing = { $whom ->
    [topic] This topic gets
   *[group] This group gets
} nothing.

## /help in a group

help-administrators = For administrators:
