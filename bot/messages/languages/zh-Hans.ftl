## Parts of a digest

part-of = ({ $part }/{ $parts })
more-items = … 还有 { $count } 条
read-on = … 继续阅读
cut-off = … 以下从略
withdrawn = 已被发布者撤回

## 对话：各处通用

state-everything = 已订阅全部。
state-categories = 已订阅：{ $categories }。
state-nothing = 目前没有订阅。
quoted = “{ $category }”
more-categories = 另外 { $count } 个
example-one = AI
example-other = 机器人
did-you-mean = 你要找的是下面这些吗？

button-everything = 全部订阅
button-everything-toggle = 全部
button-choose = 选择分类
button-latest = 最新一期
button-done = 完成
button-only = 只要{ $category }
button-only-chosen = 只要我选的

## /start

welcome = 简报一发布，就送到这里。
welcome-choose = 可以全部订阅，也可以只选喜欢的分类。

## /subscribe、/unsubscribe

subscribed = 订阅了{ $categories }。
everything-includes = 你已订阅全部，{ $categories }也在内。已为你记下。
unseen = 还没有{ $categories }的简报，一有就发给你。
unsubscribed = 退订了{ $categories }。
unsubscribed-all = 已全部退订。/latest 和 /search 照常可用。
not-subscribed = 你没有订阅{ $categories }。
the-others = 其余 { $count } 个分类照常，以后的新分类不会自动加入。
names-usage = 请写上分类名，用逗号隔开：{ $command } { $example }

## /categories

categories-hint = 点一下选中或取消。简报带有其中任何一个，就会发给你。
narrow-hint = 点一个分类，就只收它。
no-categories = 还没有带分类的简报。

## /latest

no-digests = 还没有简报。
no-digest-of = 还没有{ $category }的简报。
latest-usage = 可写 1 到 { $most } 期，也可加一个分类：/latest 2 { $example }

## /search

hits = { $count ->
    [1] 找到 1 条“{ $words }”
   *[other] 找到 { $count } 条“{ $words }”，最新的在前
}
newest-hits = “{ $words }”最新的 { $count } 条，多加一个词可以缩小范围
no-hits = { $count ->
    [1] 没有找到“{ $words }”，换个词试试。
   *[other] 没有同时包含“{ $words }”的条目，减少几个词试试。
}
search-usage = 请写上要找的词：/search 开源
search-too-long = 要找的太长了，写几个词就好：/search 开源

## /help 与听不懂的话

help-examples = 例如：
    /latest 2 { $one }
    /search 开源
    /subscribe { $one }，{ $other }
unknown-command = 没有 { $command } 这个命令。全部命令：/help
unknown-command-near = 没有 { $command } 这个命令，你要的是 { $near } 吗？全部命令：/help
unknown-text = 想找什么，用 /search 加上词。全部命令：/help
old-digest = 这一期已经不在了，请用 /latest 看最新一期
old-button = 这个按钮已经过期，请用 /categories
failed = 我这边出了点问题，请过一分钟再试。

## 命令菜单

command-latest = 最新几期简报
command-search = 按词查找
command-categories = 点选分类
command-subscribe = 全部订阅，或只订写出的分类
command-unsubscribe = 全部退订，或只退写出的分类
command-help = 我能做什么

## 主动告知运营者

operator-another-copy = 另有一个机器人在用我的令牌，并取走了发给我的消息。请停掉它，或给它换一个令牌。
operator-remarks =
    有新简报暂不发送：
    { $remarks }
    { $more ->
        [0] 要立即发送某一期：digest-bot publish 路径
       *[other] ……另有 { $more } 期，见 digest-bot status。要立即发送某一期：digest-bot publish 路径
    }
operator-source-down =
    来源 { $source } 暂时无法访问：{ $problem }
    我会不断重试，不会漏掉任何内容。
