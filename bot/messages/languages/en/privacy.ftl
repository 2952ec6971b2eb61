## /mydata and /forget

mydata = All that I keep of you. /forget deletes it.
mydata-nothing = I keep nothing of you.
forget = Delete all that I keep of you — what you get, your words, your schedule, what you saved? It cannot be had back.
button-forget = Delete it all
button-keep = Keep it
forgotten = It is all deleted. /start begins anew.
command-mydata = What I keep of you
command-forget = Delete what I keep of you
