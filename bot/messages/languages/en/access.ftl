## Who may use the bot

by-invitation = This bot is by invitation. Ask whoever runs it for a link.
not-for-everybody = This bot is not for everybody.
invite-over = This link has ended, or as many as it was for have used it. Ask whoever runs this bot for another.
access-inline = Not for everybody
access-as-yourself = Do that under your own name: this bot is not for everybody.
left-group = Not everybody may add me to groups. Ask whoever runs me to do it.
left-group-anonymous = Not everybody may add me to groups, and I cannot see who you are. Add me under your own name.
left-channel = Not everybody may add me to channels, so I left { $title }. Ask whoever runs me to add me.
