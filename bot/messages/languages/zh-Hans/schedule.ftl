## 接收时间：/schedule、/snooze

comes-at-once = 一发布就送到。
comes-daily = 每天 { $time } 汇总送达。
comes-on-weekdays = 周一至周五 { $time } 汇总送达。
comes-weekly = 每{ $day } { $time } 汇总送达。
by-clock = { $when }（{ $place }时间）
comes-next = 下次：{ $when }（{ $place }时间）
quiet-from-until = 免打扰 { $hours }，其间的内容结束后合成一份送来。
snoozed-until = 已暂停到{ $when }，其间的内容到时一并送来。
at-today = 今天 { $time }
at-tomorrow = 明天 { $time }
at-day = { $day } { $time }
place-shanghai = 北京

button-schedule = 接收时间
button-at-once = 即时
button-daily = 每天
button-weekdays = 工作日
button-weekly = 每周
button-zone = 时区
button-quiet = 免打扰
button-snooze = 暂停一阵
button-snoozed = 暂停中
button-tell-nothing = 没有内容也说一声
button-back = ‹ 返回

hour-hint = 几点送来？其他时间：/schedule { $time }
weekday-hint = 星期几送来？
schedule-usage = 例如：/schedule 每天 7:30，/schedule 周五 18:00，/schedule 免打扰 22-8，/schedule 上海

## 所在时区

zone-guessed = 先按{ $place }时间（现在 { $time }）。不对的话请点 🌍。
zone-found = 好的，按{ $place }时间，现在是 { $time }。
where-are-you = 你在哪里？按钮上是当地现在的时间。
button-other-place = 其他城市
button-location = 共享位置
place-sought = 你在哪个城市，或离哪个大城市近？
place-example = 北京、台北、温哥华……
place-unknown = 没有找到“{ $place }”，换附近大一点的城市试试。
place-unknown-near = 没有找到“{ $place }”，你要找的是下面这些吗？
button-share = 📍 共享我的位置
button-not-now = 暂不
share-hint = 请按下面的按钮。只记下时区，不保存你的位置。
not-shared = 没有共享位置。

## 免打扰、暂停、没有内容时

quiet-hint = 免打扰时段内不送任何内容，结束后合成一份送来。其他时段：/schedule 免打扰 22:30-7
button-never-quiet = 不设免打扰
snooze-hint = 暂停多久？其间的内容到时一并送来。其他时长：/snooze 3天
button-an-hour = 一小时
button-a-day = 一天
button-a-week = 一周
button-wake = 结束暂停
nothing-came = 上次汇总之后没有新内容。

command-schedule = 即时、每天或每周，免打扰
command-snooze = 暂停一阵
