## The chat: what stands on every answer

state-everything = You get everything.
state-categories = You get { $categories }.
state-nothing = You get nothing.
quoted = “{ $category }”
more-categories = { $count } more
example-one = AI
example-other = robots
did-you-mean = Did you mean one of these?

button-everything = Everything
button-everything-toggle = Everything
button-choose = Choose categories
button-latest = Latest digest
button-done = Done
button-only = Only { $category }
button-only-chosen = Only what I chose

## /subscribe, /unsubscribe

subscribed = Subscribed to { $categories }.
everything-includes = { $whom ->
    [group] This group gets
    [topic] This topic gets
    [there] It gets
   *[you] You get
} everything, { $categories } too. I remember { $whom ->
    [you] your
   *[other] the
} choice.
unseen = No digest has { $categories } yet. The first that does will come.
unsubscribed = Unsubscribed from { $categories }.
unsubscribed-all = Unsubscribed from everything. /latest and /search still work.
not-subscribed = { $whom ->
    [you] You had
   *[other] There was
} no subscription to { $categories }.
the-others = { $whom ->
    [group] This group still gets
    [topic] This topic still gets
    [there] It still gets
   *[you] You still get
} { $count ->
    [one] the one other category.
   *[other] the other { $count } categories.
} New ones will not come by themselves.
names-usage = Name the categories, with commas between: { $command } { $example }

## /help and what is not understood

help-examples = For example:
    /latest 2 { $one }
    /search open source
    /subscribe { $one }, { $other }
    /follow Qwen "world model"
    /schedule daily 8:00
unknown-command = I do not know { $command }. All I know: /help
unknown-command-near = I do not know { $command }. Did you mean { $near }? All I know: /help
old-digest = This digest is no longer here. /latest has the newest.
old-button = This button is out of date. /categories has new ones.
failed = Something went wrong on my side. Please try again in a minute.

## The command menu

command-latest = The newest digests
command-search = Find items by words
command-categories = Choose with buttons
command-subscribe = Everything, or the categories you name
command-unsubscribe = Nothing, or without the categories you name
command-help = What I understand
command-pause = No digest goes out until /resume
command-resume = Go on after a pause

## /pause and /resume, for operators

paused = Paused: no digest goes out until /resume. I still answer everybody.
paused-already = Paused for { $time } already. To go on: /resume
not-paused = Nothing is paused.
nothing-waited = Going on. Nothing was waiting.
waiting-in-pause =
    Paused for { $time }. { $digests ->
        [one] One digest waits
       *[other] { $digests } digests wait
    } for { $chats ->
        [one] one chat
       *[other] { $chats } chats
    }{ $digests ->
        [one] .
       *[other] , { $deliveries } to send in all.
    } Send what waited, or skip it?
button-send-waiting = Send it
button-skip-waiting = Skip it
resumed-send = Going on. What waited is sent now.
resumed-skip = Going on with what comes next. What waited is skipped; /latest still shows it.
decided-already = That was decided already.

## To operators, of my own accord

operator-another-copy = Another bot is running with my token and takes what people write to me. Stop it, or give it a token of its own.
operator-remarks =
    New digests that are not sent now:
    { $remarks }
    { $more ->
        [0] To send one at once: digest-bot publish PATH
       *[other] … and { $more } more: digest-bot status. To send one at once: digest-bot publish PATH
    }
operator-source-doubtful =
    Something may be wrong with the source { $source }: { $problem }
    New digests are sent all the same.
operator-source-down =
    The source { $source } is out of reach: { $problem }
    I try again and again, and nothing is lost.
operator-digest-refused =
    Telegram refuses the text of “{ $title }” ({ $path }):
    { $reason }
    No reader has it. When the file is corrected, I try again by myself.
button-send-refused = Send it anyway
button-drop-refused = Do not send it
refused-sent = “{ $title }” is sent now. What Telegram refuses of it goes as plain text.
refused-dropped = “{ $title }” is not sent. To send it after all: digest-bot publish { $path }
operator-disk-full =
    I cannot write down what I send, so I send no digest until I can:
    { $reason }
    Is the disk full, or does another program hold the file? Afterwards I go on by myself.
operator-disk-well = I can write again, and go on sending.
operator-flooded =
    Telegram asks me to slow down: no digest goes out for { $minutes ->
        [one] a minute
       *[other] { $minutes } minutes
    }. Nothing is lost, and people are answered.
operator-flood-over = Telegram takes digests again.
operator-another-copy-gone = Nobody else takes what people write to me any more.
operator-held =
    { $count } new digests of { $source } came at once. They are held until you decide. The newest:
    { $titles }
    … and { $more } more
button-send-all = Send all
button-send-newest = Send the newest only
button-send-none = Do not send
held-sent = { $count ->
    [one] One digest of { $source } is on its way.
   *[other] { $count } digests of { $source } are on their way, the oldest first.
}
held-kept = { $count ->
    [one] One digest of { $source } is kept and not sent.
   *[other] { $count } digests of { $source } are kept and not sent.
} To send one: digest-bot publish PATH

## To whoever subscribed a group or channel, of my own accord

chat-closed = I may not write in { $title } any more. Give me back the right to, best as an administrator, and I send what it missed, old news aside.
topic-closed-to-others = The topic “{ $topic }” of { $title } was closed, so it gets nothing for now. Open it again, and I send what it missed, old news aside. Should it get digests though it is closed, send /start there.
topic-closed = I may not write in the topic “{ $topic }” of { $title } any more: it was closed. Open it again, and I send what it missed, old news aside.
topic-deleted = The topic “{ $topic }” of { $title } was deleted. To send what it got to another topic, use /route there.
