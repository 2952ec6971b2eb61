## /channels, and what is set up from elsewhere

posting-state = { $state ->
    [active] ✅ On: new digests go there.
    [paused] ⏸ Paused: nothing goes there for now.
    [gone] ⏸ I am not there.
   *[stopped] ⏸ Off: nothing goes there before you start it.
}
there-everything = It gets everything.
there-categories-words = It gets { $categories }, and what mentions { $words }.
there-categories = It gets { $categories }.
there-words = It gets what mentions { $words }.
there-nothing = Nothing is chosen for it yet.
last-changed = Last changed by { $name }: { $what }
an-administrator = an administrator
changed = { $name ->
    [everything] everything or not
    [categories] categories
    [layout] layout
    [language] language
    [followed] followed words
    [muted] muted words
    [schedule] schedule
    [sound] sound
    [previews] link previews
    [fold_told] stories it had
    [ending] footer, signature or buttons
    [state] on or off
    [readers] whom I answer
    [tidy] how long my answers stay
   *[other] something else
}
channel-welcome = I can post there now, and nothing goes out before you say so. What shall it get?
chat-welcome = Nothing goes there before you say so. What shall it get?
button-all-settings = ⚙️ All settings
button-preview = 👁 Preview
button-preview-first = 👁 Preview, then start
button-begin = ▶️ Post from now on
button-stop-there = ⏹ Stop
button-channels = ‹ Channels and groups
previewed = { $on ->
    [0] ↑ That is how it looks there. Only you see it so far; the next digest goes there once you start.
   *[other] ↑ That is how it looks there.
}
nothing-to-preview = { $on ->
    [0] No digest so far is what it asks for. The first that is goes there once you start.
   *[other] No digest so far is what it asks for. The first that is goes there.
}
stopped-there = ⏹ Stopped: nothing goes there any more. All its settings stay.
no-channels = You have set up no channel or group yet. Pick one: I ask Telegram whether you may.
channels-hint = What you set up, as far as you may still change it. ✅ gets digests, ⏸ does not.
button-add-chat = ➕ A channel or group
pick-hint = Pick it below. To a channel you bring me as an administrator who may post, to a group as a member.
button-pick-channel = 📢 Pick a channel
button-pick-group = 👥 Pick a group
button-no-pick = Never mind
picked = { $title }: got it.
not-picked = All right. /channels is there whenever you want it.
not-yours = Only its administrators can set that up. If you are one, pick it: /channels
that-chat = that chat
changed-started = { $known ->
    [0] An administrator
   *[other] { $name }
} has started digests in { $title }.
changed-stopped = { $known ->
    [0] An administrator
   *[other] { $name }
} has stopped the digests in { $title }.
command-channels = Channels and groups you manage
