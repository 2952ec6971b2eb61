## /announce, for operators

command-announce = Tell everybody something, or only some
announcement-sought = What shall I announce? Reply with it, or forward it here: a text, a picture or a file. Last lines like “Read more - https://example.org” become buttons.
announcement-example = We are back…
announcement-kind = I can announce a text, a picture or a file, and nothing else.
announcement-empty = There is nothing to read above the buttons.
announcement-bad-link = A button cannot open { $link }.
announcement-long-label = A button has room for { $most } characters: “{ $label }”
announcement-long-caption = Under a picture or a file there is room for { $most } characters, and this has { $count }.
announcement-refused = Telegram does not take this message.
announcement-aimed = ⬆️ This is how it looks. It goes to { $chats }, which takes about { $time }.
announcement-for-nobody = ⬆️ This is how it looks. But it is for nobody: change for whom it is.
announcement-changing = It stays for whom it is. Its buttons stay too, unless you write others.
announcement-album = Of an album only this one goes out.
announcement-choose = For whom? Nothing ticked means for all.
announcement-dropped = Not sent.
announcement-picture = A picture
announcement-file = A file
reached-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
reached-groups =
    { $count ->
        [one] 1 group
       *[other] { $count } groups
    }
reached-channels =
    { $count ->
        [one] 1 channel
       *[other] { $count } channels
    }
aim-all = all
aim-private = people
aim-group = groups
aim-channel = channels
aim-unknown = not known
button-announcement-send =
    { $count ->
        [one] 📣 Send to 1 chat
       *[other] 📣 Send to { $count } chats
    }
button-announcement-change = ✏️ Change the message
button-announcement-drop = Do not send
button-aim-languages = Languages: { $chosen }
button-aim-types = Chats: { $chosen }
button-aim-categories = Categories: { $chosen }
button-announcement-pause = ⏸ Pause or cancel
button-announcement-resume = ▶️ Go on
button-announcement-cancel = ⏹ Cancel for good

## How far it is

announcement-beginning = 📣 “{ $title }” goes out now.
announcement-under-way = 📣 “{ $title }”: { $ended } of { $owed } chats, about { $time } left
announcement-paused = ⏸ “{ $title }” is paused: { $ended } of { $owed } chats
announcement-cancelled = ⏹ “{ $title }” was cancelled: { $owed } chats
announcement-over =
    { $owed ->
        [one] ✅ “{ $title }” is done: 1 chat
       *[other] ✅ “{ $title }” is done: { $owed } chats
    }
announced-sent = { $count } sent
announced-gone = { $count } closed to me: blocked, muted or gone
announced-failed = { $count } failed
announced-skipped = { $count } skipped
announced-waiting = { $count } to go
announced-later = { $count } of them later: it is night there, or they snooze

# Who began it is no operator any more, and those who are read this.
operator-announcement-over =
    { $state ->
        [cancelled] ⏹ { $what ->
            [text] “{ $title }”
            [sendPhoto] A picture
           *[sendDocument] A file
        } was cancelled: { $owed } chats
       *[done] ✅ { $what ->
            [text] “{ $title }”
            [sendPhoto] A picture
           *[sendDocument] A file
        } is done: { $owed ->
            [one] 1 chat
           *[other] { $owed } chats
        }
    }
    { $sent } sent, { $gone } closed to me: blocked, muted or gone, { $failed } failed, { $skipped } skipped
    Whoever announced it is no operator any more.
