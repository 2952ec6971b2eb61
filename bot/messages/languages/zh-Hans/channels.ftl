## /channels，以及在私聊里设置的频道和群组

posting-state = { $state ->
    [active] ✅ 已开启，新简报会自动发布。
    [paused] ⏸ 已暂停，目前不发布。
    [gone] ⏸ 我已不在其中。
   *[stopped] ⏸ 未开启，等你确认后才会发布。
}
there-everything = 内容：全部。
there-categories-words = 内容：{ $categories }，以及提到{ $words }的条目。
there-categories = 内容：{ $categories }。
there-words = 内容：提到{ $words }的条目。
there-nothing = 还没有选择内容。
last-changed = 最近修改：{ $name }（{ $what }）
an-administrator = 一位管理员
changed = { $name ->
    [everything] 是否发布全部
    [categories] 分类
    [layout] 版式
    [language] 语言
    [followed] 关注的词
    [muted] 屏蔽的词
    [schedule] 发布时间
    [sound] 提示音
    [previews] 链接预览
    [fold_told] 看过的新闻
    [ending] 页脚、署名或按钮
    [state] 开关
    [readers] 回答对象
    [tidy] 我的回答保留多久
   *[other] 其他设置
}
channel-welcome = 我可以在这个频道发布了，不过要等你确认才会开始。想发布哪些内容？
chat-welcome = 等你确认后才会开始发布。想发布哪些内容？
button-all-settings = ⚙️ 全部设置
button-preview = 👁 预览
button-preview-first = 👁 先预览，再开始
button-begin = ▶️ 从现在起发布
button-stop-there = ⏹ 停止发布
button-channels = ‹ 频道和群组
previewed = { $on ->
    [0] ↑ 发布出去就是这样。目前只有你看得到，点“从现在起发布”后，从下一期开始自动发布。
   *[other] ↑ 发布出去就是这样。
}
nothing-to-preview = { $on ->
    [0] 目前没有符合条件的简报。点“从现在起发布”后，一有就发布。
   *[other] 目前没有符合条件的简报，一有就发布。
}
stopped-there = ⏹ 已停止发布，所有设置都保留着。
no-channels = 你还没有设置过频道或群组。请选一个，我会向 Telegram 核实你的权限。
channels-hint = 你设置过且仍有权管理的频道和群组：✅ 正在发布，⏸ 没有发布。
button-add-chat = ➕ 添加频道或群组
pick-hint = 请在下方选择。频道需要把我设为可发帖的管理员，群组只需要让我加入。
button-pick-channel = 📢 选择频道
button-pick-group = 👥 选择群组
button-no-pick = 暂不选择
picked = 已选择“{ $title }”。
not-picked = 好的，需要时发送 /channels 即可。
not-yours = 只有管理员才能设置它。如果你就是管理员，请用 /channels 选择。
that-chat = 这个聊天
changed-started = “{ $title }”已开始发布简报，{ $known ->
    [0] 由一位管理员操作。
   *[other] 操作者：{ $name }。
}
changed-stopped = “{ $title }”已停止发布简报，{ $known ->
    [0] 由一位管理员操作。
   *[other] 操作者：{ $name }。
}
command-channels = 你管理的频道和群组
