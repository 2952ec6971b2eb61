## Who may use the bot

by-invitation = This bot is by invitation. Ask whoever runs it for a link.
not-for-everybody = This bot is not for everybody.
invite-over = This link has ended, or as many as it was for have used it. Ask whoever runs this bot for another.
access-inline = Not for everybody
access-as-yourself = Do that under your own name: this bot is not for everybody.
forget-guest = To use me again you will need another invitation.
not-brought = Not everybody may have me post in { $title }. Ask whoever runs me.
left-group = Not everybody may add me to groups. Ask whoever runs me to do it.
left-group-anonymous = Not everybody may add me to groups, and I cannot see who you are. Add me under your own name.
left-channel = Not everybody may add me to channels, so I left { $title }. Ask whoever runs me to add me.

## /allow, /disallow and links, for operators

command-allow = Who may use me, and links for more
command-disallow = Send somebody away
guests-of-public = Everybody may use me (DIGEST_BOT_ACCESS=public). Operators choose who may with DIGEST_BOT_ACCESS=invited.
guests-of-private = Only operators may use me (DIGEST_BOT_ACCESS=private). They let in others with DIGEST_BOT_ACCESS=invited.
guests-count = { $count ->
    [0] Only operators may use me so far.
    [one] Operators may use me, and one guest:
   *[other] Operators may use me, and { $count } guests:
}
guest-named = { $name } ({ $id })
guest-by-link = { $name }, by a link, { $day }
guest-by-hand = { $name }, by hand, { $day }
guests-links = Open links:
invite-until = { $people }, until { $time }, { $place } time
invite-for-good = { $people }, without an end
people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
people-any = any number
guests-shut-out = { $count ->
    [one] One reader from before is shut out.
   *[other] { $count } readers from before are shut out.
}
guests-hint = To let somebody in, send a link, write /allow and their user id, or forward me a message of theirs.
button-new-invite = New link
button-let-in-earlier = { $count ->
    [one] Let that reader in
   *[other] Let in all { $count } of them
}
button-guests = All guests
button-let-in = Let in
button-send-away = Send away
button-close-invite = Close the link
button-copy-invite = Copy the link
button-make-invite = Make the link
guest-new = { $name } may use me now, by writing to @{ $bot }.
guest-is = { $name } may use me.
guest-not = { $name } may not use me.
guest-is-operator = { $name } is an operator.
guest-gone = { $name } may not use me any more and gets nothing. What they chose is kept.
guest-gone-link-open = { $name } may not use me any more and gets nothing. But the link they came by is still open, and would let them in again.
allow-hidden = They hide who they are when forwarded. Send them a link.
allow-usage = Write /allow and a user id, a number, like /allow 12345.
disallow-usage = Write /disallow and a user id, a number, like /disallow 12345.
invite-ask = A link for how many people, and for how long?
invite-days = { $days ->
    [1] a day
    [7] a week
   *[other] { $days } days
}
invite-no-end = no end
invite-made = Whoever opens this link may use me ({ $what }):
