## /start, and what brings and ends digests

rhythm = { $per ->
    [day] { $count ->
        [one] About one digest a day
       *[other] About { $count } digests a day
    }
    [week] { $count ->
        [one] About one digest a week
       *[other] About { $count } digests a week
    }
    [month] { $count ->
        [one] About one digest a month
       *[other] About { $count } digests a month
    }
   *[never] A digest now and then
}{ $topics ->
    [0] ;
   *[other] { " " }on { $categories };
} the last one { $last }.
on-day = on { $date }
rhythm-none = The first digest comes here as soon as it is published.
welcome-choose = Take everything, or only what you like.
linked = Tap to get { $category }, or choose for yourself.
button-take = Get { $category }
linked-unknown = That link names no category that I know.
stopped = Stopped: nothing comes any more. /start brings all of it back.
stopped-already = Nothing comes already. /start brings all of it back.
standstill = { $state ->
    [paused] { $whom ->
        [topic] ⏸ This topic is closed: nothing comes for now.
       *[other] ⏸ Paused: nothing comes for now.
    }
   *[other] ⏸ Stopped: nothing comes for now.
}
standstill-ended = You had stopped: what you had comes again, too.
button-return = Start again
command-stop = Nothing more comes, until /start

## What Telegram shows of the bot

description =
    Digests, sent to you as soon as they are published, or once a day at your time: everything, or only the categories and words you like.

    What was published before can be read and searched here too.
short-description = Digests of what you like, when you like. The past can be searched.
