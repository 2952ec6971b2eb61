## /announce，给管理机器人的人

command-announce = 向所有人或部分人发公告
announcement-sought = 要公告什么？请直接回复，或转发到这里：文字、图片或文件均可。末尾形如“阅读全文 - https://example.org”的行会变成按钮。
announcement-example = 服务已恢复……
announcement-kind = 公告只能是文字、图片或文件。
announcement-empty = 除了按钮，没有可读的内容。
announcement-bad-link = 按钮打不开 { $link }。
announcement-long-label = 按钮最多 { $most } 个字：“{ $label }”
announcement-long-caption = 图片或文件的说明最多 { $most } 个字，现在有 { $count } 个。
announcement-refused = Telegram 不接受这条消息。
announcement-aimed = ⬆️ 对方看到的就是这样。将发给 { $chats }，大约需要 { $time }。
announcement-for-nobody = ⬆️ 对方看到的就是这样。按目前的选择没有人会收到，请调整范围。
announcement-changing = 发送范围不变；按钮也会保留，除非你写了新的。
announcement-album = 这组图片或文件里，只会发送这一个。
announcement-choose = 发给谁？一个都不勾选就是全部。
announcement-dropped = 没有发送。
announcement-picture = 一张图片
announcement-file = 一个文件
reached-people = { $count } 人
reached-groups = { $count } 个群组
reached-channels = { $count } 个频道
aim-all = 全部
aim-private = 个人
aim-group = 群组
aim-channel = 频道
aim-unknown = 未知
button-announcement-send = 📣 发给 { $count } 个聊天
button-announcement-change = ✏️ 修改内容
button-announcement-drop = 不发了
button-aim-languages = 语言：{ $chosen }
button-aim-types = 聊天：{ $chosen }
button-aim-categories = 分类：{ $chosen }
button-announcement-pause = ⏸ 暂停或取消
button-announcement-resume = ▶️ 继续
button-announcement-cancel = ⏹ 彻底取消

## 进度

announcement-beginning = 📣“{ $title }”开始发送。
announcement-under-way = 📣“{ $title }”：{ $ended }/{ $owed } 个聊天，还需大约 { $time }
announcement-paused = ⏸“{ $title }”已暂停：{ $ended }/{ $owed } 个聊天
announcement-cancelled = ⏹“{ $title }”已取消：共 { $owed } 个聊天
announcement-over = ✅“{ $title }”已完成：共 { $owed } 个聊天
announced-sent = 已发送 { $count }
announced-gone = 已拉黑、禁言或不存在 { $count }
announced-failed = 失败 { $count }
announced-skipped = 跳过 { $count }
announced-waiting = 尚待发送 { $count }
announced-later = 其中 { $count } 个要晚些：对方正在免打扰或暂停接收

# 发起人已不是运营者，改由现任运营者收到。
operator-announcement-over =
    { $state ->
        [cancelled] ⏹{ $what ->
            [text] “{ $title }”
            [sendPhoto] 一张图片
           *[sendDocument] 一个文件
        }已取消：共 { $owed } 个聊天
       *[done] ✅{ $what ->
            [text] “{ $title }”
            [sendPhoto] 一张图片
           *[sendDocument] 一个文件
        }已完成：共 { $owed } 个聊天
    }
    已发送 { $sent }，已拉黑、禁言或不存在 { $gone }，失败 { $failed }，跳过 { $skipped }
    发起这次公告的人已不是运营者。
