## Parts of a digest

part-of = ({ $part }/{ $parts })
more-items = … and { $count } more
read-on = … read on
cut-off = … cut off here
withdrawn = Withdrawn by its publisher

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

## /start

welcome = Digests, sent to you as soon as they are published.
welcome-choose = Take everything, or only the categories you like.

## /subscribe, /unsubscribe

subscribed = Subscribed to { $categories }.
everything-includes = You get everything, { $categories } too. I remember your choice.
unseen = No digest has { $categories } yet. The first that does will come.
unsubscribed = Unsubscribed from { $categories }.
unsubscribed-all = Unsubscribed from everything. /latest and /search still work.
not-subscribed = You had no subscription to { $categories }.
the-others = { $count ->
    [one] You still get the one other category.
   *[other] You still get the other { $count } categories.
} New ones will not come by themselves.
names-usage = Name the categories, with commas between: { $command } { $example }

## /categories

categories-hint = Tap to choose or drop. A digest comes if it has any of them.
narrow-hint = Tap a category to get only that.
no-categories = No digest has a category yet.

## /latest

no-digests = There is no digest yet.
no-digest-of = No digest has { $category } yet.
latest-usage = 1 to { $most } digests, and one category if you like: /latest 2 { $example }

## /search

hits = { $count ->
    [1] One item with “{ $words }”
   *[other] { $count } items with “{ $words }”, newest first
}
newest-hits = The newest { $count } items with “{ $words }”; one more word narrows it
no-hits = { $count ->
    [1] Nothing has “{ $words }”. Try another word.
   *[other] Nothing has all of “{ $words }”. Try fewer words.
}
search-usage = Say what to look for: /search open source
search-too-long = That is too much to look for. Try a few words: /search open source

## /help and what is not understood

help-examples = For example:
    /latest 2 { $one }
    /search open source
    /subscribe { $one }, { $other }
unknown-command = I do not know { $command }. All I know: /help
unknown-command-near = I do not know { $command }. Did you mean { $near }? All I know: /help
unknown-text = To look for something, /search it. All I know: /help
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

## To operators, of my own accord

operator-another-copy = Another bot is running with my token and takes what people write to me. Stop it, or give it a token of its own.
operator-remarks =
    New digests that are not sent now:
    { $remarks }
    { $more ->
        [0] To send one at once: digest-bot publish PATH
       *[other] … and { $more } more: digest-bot status. To send one at once: digest-bot publish PATH
    }
operator-source-down =
    The source { $source } is out of reach: { $problem }
    I try again and again, and nothing is lost.
