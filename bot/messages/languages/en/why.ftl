## Why a digest came, or did not

button-why = Why?
command-why = Why a digest came, or did not
why-usage = Which digest? /why with its number or link, or as a reply to it.
why-unknown = I know no such digest. Its link will do, that of an item too, or /why as a reply to it.
why-nothing-yet = Nothing has come to you yet.
why-number = no. { $number }
why-roundup = { $count } digests came in one roundup.
why-rounded-up = It came in a roundup.

why-categories = It has { $categories }, which you chose.
why-followed = { $word }, which you follow, is in { $count ->
    [one] one item
   *[other] { $count } items
}.
why-changed = It came by what you asked for then, which you have changed since.
why-muted = { $count ->
    [one] One item left out: it mentions { $words }.
   *[other] { $count } items left out: they mention { $words }.
}
why-unasked = { $count ->
    [one] One item left out: it has
   *[other] { $count } items left out: they have
} nothing that you asked for.
why-hidden = { $count ->
    [one] One item was
   *[other] { $count } items were
} left out by what you asked for then.
why-told = { $count ->
    [one] One item is only named: you had it
   *[other] { $count } items are only named: you had them
} in “{ $title }”.

why-on-its-way = It is on its way to you.
why-tried = It is on its way: Telegram does not take it at the moment, and I keep trying.
why-paused = Nothing is being sent at the moment. It comes when that is over.
why-awaited = It is not being sent to anybody yet.
why-in-roundup = It comes in your next roundup, { $when }.
why-held = It waits until { $when }, as you asked.

why-nothing = It did not come: you have not asked for anything yet.
why-not-chosen = It did not come: you have not chosen { $categories }.
why-no-category = It did not come: it has no category, and you do not get everything.
why-no-word = Nor is { $words }, which you follow, in it.
why-all-muted = It did not come: all there was for you mentions { $words }, which you muted.
why-later = It did not come: it went out before you asked for what would bring it now.
why-before = It did not come: it is from before you came.
why-baseline = It did not come to anybody: it was there before I began to send.
why-too-old = It did not come to anybody: it was old news when I found it.
why-to-nobody = It did not come to anybody: it was published only to be read.
why-withdrawn = It did not come: its publisher took it back.
why-stopped = It did not come: you have stopped me. /start brings back what you had.
why-had-stopped = It did not come: you had stopped me.
why-had-blocked = It did not come: you had blocked me.
why-forwarded = It did not come by itself: the channel has it, and Telegram forwards it here.
why-late = It did not come: I could not reach you with it in time, and then it was old news.
why-skipped = It did not come: what had waited while nothing was sent was left out.
why-in-doubt = It may have come: Telegram never said so.
why-refused = It did not come: Telegram would not take it.
why-forgotten = That was long ago: who got what I know for a month.

button-show-it = Show it
button-unmute = No longer mute { $word }
button-without = Without { $name }
