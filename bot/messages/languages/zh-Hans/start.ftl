## /start，以及订阅的开始与结束

rhythm = { $per ->
    [day] 每天约 { $count } 期简报
    [week] 每周约 { $count } 期简报
    [month] 每月约 { $count } 期简报
   *[never] 简报不定期发布
}{ $topics ->
    [0] ；
   *[other] ，内容有{ $categories }；
}最近一期：{ $last }。
on-day = { $date }
rhythm-none = 第一期简报一发布，就送到这里。
welcome-choose = 可以全部订阅，也可以只选喜欢的。
linked = 点一下就能订阅{ $category }，也可以自己选。
button-take = 订阅{ $category }
linked-unknown = 链接里的分类，这里没有。
stopped = 已停止，不会再收到任何内容。发送 /start 即可原样恢复。
stopped-already = 已经停止了。发送 /start 即可原样恢复。
standstill = { $state ->
    [paused] { $whom ->
        [topic] ⏸ 本话题已关闭，目前不发送任何内容。
       *[other] ⏸ 已暂停，目前不发送任何内容。
    }
   *[other] ⏸ 已停止，目前不发送任何内容。
}
standstill-ended = 之前停止的接收也一并恢复了。
button-return = 重新开始
command-stop = 停止接收，直到 /start

## Telegram 上显示的简介

description =
    简报一发布就送到，也可以每天按你定的时间汇总送来；可以全部订阅，也可以只收喜欢的分类和关键词。

    往期内容随时可读、可搜。
short-description = 只收你关心的简报，时间由你定，往期可搜。
