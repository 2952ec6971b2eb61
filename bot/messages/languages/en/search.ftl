## /search, and what is typed without it

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
typed-hint = Whatever you type, I look for. All I know: /help
unknown-text = Type words, and I look for them. All I know: /help

## An item, opened

button-save = 🔖 Save
button-unsave = 🔖 Remove
button-whole-digest = The whole digest
