## /latest

no-digests = There is no digest yet.
no-digest-of = No digest has { $category } yet.
latest-usage = 1 to { $most } digests, and one category if you like: /latest 2 { $example }
button-newer = ‹ Newer
button-older = Older ›
button-headlines = Headlines only
button-full = With summaries
