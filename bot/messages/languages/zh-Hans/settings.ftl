## /settings

language = 语言
language-name = 简体中文
setting-language = 语言：{ $name }
setting-layout = { $value ->
    [full] 版式：标题加摘要
   *[headlines] 版式：只有标题
}
setting-sound = { $value ->
    [on] 提示音：开
   *[off] 提示音：关
}
setting-previews = { $value ->
    [on] 链接预览：开
   *[off] 链接预览：关
}
setting-told = { $value ->
    [on] 看过的新闻：只留一行
   *[off] 看过的新闻：完整显示
}
setting-nothing = { $value ->
    [on] 没有内容时：告诉我
   *[off] 没有内容时：不打扰
}
settings-usage = 没有这项设置。照按钮上的字写就行，例如：/settings 提示音 关
languages-hint = 用哪种语言？
button-categories = 分类
command-settings = 版式、语言、提示音等
