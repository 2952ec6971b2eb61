## /latest

button-newer = ‹ Newer
button-older = Older ›
button-headlines = Headlines only
button-full = With summaries
