## 群组与频道：指的是哪一个，以及谁无权操作

named-group = 👥 { $title }
named-channel = 📢 { $title }
named-topic = 👥 { $title } › { $topic }
only-administrators = 只有“{ $title }”的管理员可以这样做。
only-who-may-post = 只有能在“{ $title }”发帖的管理员可以这样做。
not-as-channel = 请以个人身份操作，不要用频道身份：只有“{ $title }”的管理员可以。
in-private-only = 这件事请私聊我。
button-to-chat = 私聊我
bot-not-there = 我已不在“{ $title }”里，请先重新添加我。
bot-may-not-post = 我不能在“{ $title }”发帖。请让我成为可发帖的管理员。
bot-may-not-write = 我不能在“{ $title }”发言。请先允许我发送消息。
topic-is-closed = “{ $title }”的这个话题已关闭或被删除，我不能在里面发言。请先重新打开。
reply-to-this = 请回复这条消息：

## 进群时和群里的 /start

group-welcome = 请管理员选择本群接收的内容，选好之前我不会发言。人人可用：/latest、/search
group-stopped = 已停止，这里不会再收到任何内容。

## 群组自己的设置，见 /settings

setting-readers = { $value ->
    [administrators] 回答对象：仅管理员
   *[everyone] 回答对象：所有人
}
setting-tidy = { $value ->
    [0] 我的回答：保留
    [1] 我的回答：1 分钟后删除
    [10] 我的回答：10 分钟后删除
    [60] 我的回答：1 小时后删除
    [1440] 我的回答：1 天后删除
   *[other] 我的回答：{ $value } 分钟后删除
}

## 群和话题里各处通用

here-everything = { $whom ->
    [topic] 本话题
   *[group] 本群
}已订阅全部。
here-categories = { $whom ->
    [topic] 本话题
   *[group] 本群
}已订阅：{ $categories }。
here-words = { $whom ->
    [topic] 本话题
   *[group] 本群
}已订阅：提到{ $words }的条目。
here-categories-words = { $whom ->
    [topic] 本话题
   *[group] 本群
}已订阅：{ $categories }，以及提到{ $words }的条目。
here-nothing = { $whom ->
    [topic] 本话题
   *[group] 本群
}目前没有订阅。

## 群里的 /help

help-administrators = 管理员可用：
