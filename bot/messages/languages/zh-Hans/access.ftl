## 谁可以使用机器人

by-invitation = 这个机器人仅限受邀使用，请向运营者索取邀请链接。
not-for-everybody = 这个机器人不对外开放。
invite-over = 这个邀请链接已过期或名额已满，请向运营者索取新的链接。
access-inline = 不对外开放
access-as-yourself = 请以个人身份操作，不要匿名：这个机器人不对外开放。
left-group = 只有特定的人可以把我加进群组，请联系运营者添加。
left-group-anonymous = 只有特定的人可以把我加进群组，而我看不到你是谁。请以个人身份添加我。
left-channel = 只有特定的人可以把我加进频道，我已退出「{ $title }」。请联系运营者添加。
