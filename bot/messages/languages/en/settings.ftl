## /settings

language = Language
language-name = English
setting-language = Language: { $name }
setting-layout = { $value ->
    [full] Layout: full
   *[headlines] Layout: headlines
}
setting-sound = { $value ->
    [on] Sound: on
   *[off] Sound: off
}
setting-previews = { $value ->
    [on] Link previews: on
   *[off] Link previews: off
}
setting-told = { $value ->
    [on] Stories you had: one line
   *[off] Stories you had: in full
}
setting-nothing = { $value ->
    [on] Empty roundup: say so
   *[off] Empty roundup: say nothing
}
settings-usage = I do not know that setting. Type what a button says, such as: /settings sound off
languages-hint = Which language?
button-categories = Categories
command-settings = How things look and sound
