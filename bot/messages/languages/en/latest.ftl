## /latest

button-older = ‹ Older
button-newer = Newer ›
button-headlines = Headlines only
button-full = With summaries
