## Why a digest came, or did not

button-why = Why?
command-why = Why a digest came, or did not
why-usage = Which digest? /why with its number or link, or as a reply to it.
why-unknown = I know no such digest. Its link will do, that of an item too, or /why as a reply to it.
why-nothing-yet = { $whom ->
    [you] Nothing has come to you yet.
    [there] Nothing has gone there yet.
   *[other] Nothing has come here yet.
}
why-number = no. { $number }
why-roundup = { $count } digests came in one roundup.
why-rounded-up = It came in a roundup.

why-categories = { $whom ->
    [you] It has { $categories }, which you chose.
   *[other] It has { $categories }, as chosen.
}
why-followed = { $word }, which { $whom ->
    [you] you follow
   *[other] is followed
}, is in { $count ->
    [one] one item
   *[other] { $count } items
}.
why-changed = { $whom ->
    [you] It came by what you asked for then, which you have changed since.
   *[other] It came by what was asked for then, which was changed since.
}
why-muted = { $count ->
    [one] One item left out: it mentions { $words }.
   *[other] { $count } items left out: they mention { $words }.
}
why-unasked = { $count ->
    [one] One item left out: it has
   *[other] { $count } items left out: they have
} nothing that { $whom ->
    [you] you
   *[other] was
} asked for.
why-hidden = { $count ->
    [one] One item was
   *[other] { $count } items were
} left out by what { $whom ->
    [you] you
   *[other] was
} asked for then.
why-told = { $count ->
    [one] One item is only named: { $whom ->
        [you] you had it
       *[other] it was
    }
   *[other] { $count } items are only named: { $whom ->
        [you] you had them
       *[other] they were
    }
} in “{ $title }”.

why-on-its-way = { $whom ->
    [you] It is on its way to you.
   *[other] It is on its way.
}
why-tried = It is on its way: Telegram does not take it at the moment, and I keep trying.
why-paused = Nothing is being sent at the moment. It comes when that is over.
why-awaited = It is not being sent to anybody yet.
why-in-roundup = { $whom ->
    [you] It comes in your next roundup, { $when }.
   *[other] It comes in the next roundup, { $when }.
}
why-held = { $whom ->
    [you] It waits until { $when }, as you asked.
   *[other] It waits until { $when }, as was asked.
}

why-nothing = { $whom ->
    [you] It did not come: you have not asked for anything yet.
   *[other] It did not come: nothing has been asked for yet.
}
why-not-chosen = { $whom ->
    [you] It did not come: you have not chosen { $categories }.
   *[other] It did not come: nobody has chosen { $categories }.
}
why-no-category = { $whom ->
    [you] It did not come: it has no category, and you do not get everything.
   *[other] It did not come: it has no category, and not everything was asked for.
}
why-no-word = { $whom ->
    [you] Nor is { $words }, which you follow, in it.
   *[other] Nor is { $words }, which is followed, in it.
}
why-all-muted = { $whom ->
    [you] It did not come: all there was for you mentions { $words }, which you muted.
   *[other] It did not come: all that was asked for of it mentions { $words }, which is muted.
}
why-later = { $whom ->
    [you] It did not come: it went out before you asked for what would bring it now.
   *[other] It did not come: it went out before that was asked for which would bring it now.
}
why-before = { $whom ->
    [you] It did not come: it is from before you came.
   *[other] It did not come: it is from before I came.
}
why-baseline = It did not come to anybody: it was there before I began to send.
why-too-old = It did not come to anybody: it was old news when I found it.
why-to-nobody = It did not come to anybody: it was published only to be read.
why-withdrawn = It did not come: its publisher took it back.
why-stopped = { $whom ->
    [you] It did not come: you have stopped me. /start brings back what you had.
   *[other] It did not come: I am stopped. /start brings back what there was.
}
why-had-stopped = { $whom ->
    [you] It did not come: you had stopped me.
   *[other] It did not come: I had been stopped.
}
why-had-blocked = { $whom ->
    [you] It did not come: you had blocked me.
   *[other] It did not come: I was not there, or might not write.
}
why-forwarded = It did not come by itself: the channel has it, and Telegram forwards it { $whom ->
    [there] there
   *[other] here
}.
why-late = { $whom ->
    [you] It did not come: I could not reach you with it in time, and then it was old news.
   *[other] It did not come: I could not send it in time, and then it was old news.
}
why-skipped = It did not come: what had waited while nothing was sent was left out.
why-in-doubt = It may have come: Telegram never said so.
why-refused = It did not come: Telegram would not take it.
why-forgotten = That was long ago: who got what I know for a month.

button-show-it = Show it
button-unmute = No longer mute { $word }
button-without = Without { $name }
