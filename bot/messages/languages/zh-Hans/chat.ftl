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

## /subscribe、/unsubscribe

subscribed = 订阅了{ $categories }。
everything-includes = { $whom ->
    [group] 本群
    [topic] 本话题
    [there] 那里
   *[you] 你
}已订阅全部，{ $categories }也在内。已{ $whom ->
    [you] 为你
   *[other] {""}
}记下。
unseen = 还没有{ $categories }的简报，一有就发来。
unsubscribed = 退订了{ $categories }。
unsubscribed-all = 已全部退订。/latest 和 /search 照常可用。
not-subscribed = { $whom ->
    [group] 本群
    [topic] 本话题
    [there] 那里
   *[you] 你
}没有订阅{ $categories }。
the-others = { $whom ->
    [you] 其余
   *[other] 其余的
} { $count } 个分类照常，以后的新分类不会自动加入。
names-usage = 请写上分类名，用逗号隔开：{ $command } { $example }

## /help 与听不懂的话

help-examples = 例如：
    /latest 2 { $one }
    /search 开源
    /subscribe { $one }，{ $other }
    /follow Qwen 具身智能
    /schedule 每天 8:00
unknown-command = 没有 { $command } 这个命令。全部命令：/help
unknown-command-near = 没有 { $command } 这个命令，你要的是 { $near } 吗？全部命令：/help
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
command-pause = 暂停发送，直到 /resume
command-resume = 结束暂停

## 运营者的 /pause 和 /resume

paused = 已暂停：在 /resume 之前不再发出任何简报，提问照常回答。
paused-already = 已经暂停{ $time }了。要恢复：/resume
not-paused = 目前没有暂停。
nothing-waited = 已恢复，没有等待发送的简报。
waiting-in-pause =
    已暂停{ $time }，有 { $digests } 期简报在等待，涉及 { $chats } 个聊天{ $digests ->
        [1] 。
       *[other] ，共 { $deliveries } 份。
    }要发送，还是跳过？
button-send-waiting = 发送
button-skip-waiting = 跳过
resumed-send = 已恢复，等待的简报现在开始发送。
resumed-skip = 已恢复，等待的简报不再发送，用 /latest 仍可查看。
decided-already = 这件事已经处理过了。

## 主动告知运营者

operator-another-copy = 另有一个机器人在用我的令牌，并取走了发给我的消息。请停掉它，或给它换一个令牌。
operator-remarks =
    有新简报暂不发送：
    { $remarks }
    { $more ->
        [0] 要立即发送某一期：digest-bot publish 路径
       *[other] ……另有 { $more } 期，见 digest-bot status。要立即发送某一期：digest-bot publish 路径
    }
operator-source-doubtful =
    来源 { $source } 可能有问题：{ $problem }
    新简报照常发送。
operator-source-down =
    来源 { $source } 暂时无法访问：{ $problem }
    我会不断重试，不会漏掉任何内容。
operator-digest-refused =
    Telegram 拒收《{ $title }》（{ $path }）：
    { $reason }
    读者都还没有收到。改好文件后，我会自动重试。
button-send-refused = 仍然发送
button-drop-refused = 不发送
refused-sent = 《{ $title }》现在开始发送，Telegram 拒收的部分改为纯文本。
refused-dropped = 《{ $title }》不发送。以后要发送：digest-bot publish { $path }
operator-disk-full =
    我无法记录已发送的内容，为免重复，暂不发送简报：
    { $reason }
    请看看磁盘是否已满，或文件是否被其他程序占用。恢复后我会自动继续。
operator-disk-well = 又可以写入了，继续发送。
operator-flooded = Telegram 要求放慢：{ $minutes } 分钟内不发简报。不会遗漏，提问照常回答。
operator-flood-over = Telegram 恢复接收，继续发送简报。
operator-another-copy-gone = 没有其他机器人再取走发给我的消息了。
operator-held =
    来源 { $source } 一次出现了 { $count } 期新简报，已暂停发送，等你决定。最新的有：
    { $titles }
    ……另有 { $more } 期
button-send-all = 全部发送
button-send-newest = 只发最新一期
button-send-none = 都不发送
held-sent = 来源 { $source } 的 { $count } 期简报即将发出，从最早的开始。
held-kept = 来源 { $source } 有 { $count } 期简报只存档，不发送。要发送某一期：digest-bot publish 路径

## 主动告诉订阅了群组或频道的人

chat-closed = 我不能再在“{ $title }”里发言了。请恢复我的权限（最好设为管理员），我会补发错过的简报，太旧的除外。
topic-closed-to-others = “{ $title }”的话题“{ $topic }”已关闭，我暂时不再往那里发送。重新打开后，我会补发错过的简报，太旧的除外。如果关闭后仍想接收，请在那里发送 /start。
topic-closed = 我不能再在“{ $title }”的话题“{ $topic }”里发言了：它已被关闭。请重新打开，我会补发错过的简报，太旧的除外。
topic-deleted = “{ $title }”的话题“{ $topic }”已被删除。要把它的内容改发到其他话题，请在群里使用 /route。
