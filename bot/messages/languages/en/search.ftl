## /search, and what is typed without it

hits-found = { $count ->
    [0] nothing
    [one] one item
   *[other] { $count } items
}
hits-shown = { $first }–{ $last } of { $count }
no-category = No category is called “{ $name }”.
try-instead = Instead, perhaps:
try-another = Try another word, or fewer.
search-usage =
    Say what to look for: /search open source
    Also: "these words together", -without, category:AI, from:x.com, since:2025-06
search-too-long = That is too much to look for. Try a few words: /search open source
old-search = This list is out of date. Please search again.
button-alert = 🔔 Follow
alert-on = 🔔 You follow { $words }: what has it comes by itself. To change that: /follow
alert-full = You follow { $most } words, and no more fit. /follow lets go of some.
typed-hint = Whatever you type, I look for. All I know: /help
unknown-text = Type words, and I look for them. All I know: /help

## An item, opened

button-save = 🔖 Save
button-unsave = 🔖 Remove
button-whole-digest = The whole digest

## @bot words

inline-nothing = Nothing found
