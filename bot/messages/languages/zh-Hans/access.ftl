## 谁可以使用机器人

by-invitation = 这个机器人仅限受邀使用，请向运营者索取邀请链接。
not-for-everybody = 这个机器人不对外开放。
invite-over = 这个邀请链接已过期或名额已满，请向运营者索取新的链接。
access-inline = 不对外开放
access-as-yourself = 请以个人身份操作，不要匿名：这个机器人不对外开放。
forget-guest = 以后要再使用，需要新的邀请。
not-brought = 只有特定的人可以让我在“{ $title }”发帖，请联系运营者。
left-group = 只有特定的人可以把我加进群组，请联系运营者添加。
left-group-anonymous = 只有特定的人可以把我加进群组，而我看不到你是谁。请以个人身份添加我。
left-channel = 只有特定的人可以把我加进频道，我已退出“{ $title }”。请联系运营者添加。

## 运营者的 /allow、/disallow 和邀请链接

command-allow = 谁可以使用我，邀请更多人
command-disallow = 取消某人的使用权
guests-of-public = 所有人都可以使用我（DIGEST_BOT_ACCESS=public）。要由运营者决定谁能使用，请设为 DIGEST_BOT_ACCESS=invited。
guests-of-private = 只有运营者可以使用我（DIGEST_BOT_ACCESS=private）。要邀请其他人，请设为 DIGEST_BOT_ACCESS=invited。
guests-count = { $count ->
    [0] 目前只有运营者可以使用我。
   *[other] 除运营者外，还有 { $count } 人可以使用我：
}
guest-named = { $name }（{ $id }）
guest-by-link = { $name }，{ $day }通过链接加入
guest-by-hand = { $name }，{ $day }由运营者添加
guests-links = 有效的邀请链接：
invite-until = { $people }，{ $place }时间 { $time } 到期
invite-for-good = { $people }，长期有效
people = { $count } 人
people-any = 不限人数
guests-shut-out = 有 { $count } 位以前的读者现在无法使用。
guests-hint = 要让某人使用：发送邀请链接，或输入 /allow 加对方的用户 ID，或把对方的消息转发给我。
button-new-invite = 新建邀请链接
button-let-in-earlier = { $count ->
    [1] 让这位读者继续使用
   *[other] 让这 { $count } 人继续使用
}
button-guests = 查看名单
button-let-in = 允许使用
button-send-away = 取消使用权
button-close-invite = 停用链接
button-copy-invite = 复制链接
button-make-invite = 生成链接
guest-new = { $name }现在可以使用我了，请对方给 @{ $bot } 发消息。
guest-is = { $name }可以使用我。
guest-not = { $name }目前不能使用我。
guest-is-operator = { $name }是运营者。
guest-gone = { $name }不能再使用我，也不会再收到任何内容。原来的选择会保留。
guest-gone-link-open = { $name }不能再使用我，也不会再收到任何内容。但对方用过的邀请链接仍然有效，凭它还能再进来。
allow-hidden = 对方隐藏了转发来源，请发送邀请链接。
allow-usage = 请在 /allow 后写用户 ID（数字），例如 /allow 12345
disallow-usage = 请在 /disallow 后写用户 ID（数字），例如 /disallow 12345
invite-ask = 链接给多少人用，多久有效？
invite-days = { $days ->
    [1] 一天
    [7] 一周
   *[other] { $days } 天
}
invite-no-end = 长期
invite-made = 打开这个链接的人就可以使用我（{ $what }）：
