## 论坛群组的话题，以及哪些分类发到哪个话题

button-routes = 话题分发
routes-head = “{ $title }”里各话题接收：
routes-line = { $topic }：{ $gets }
routes-none = “{ $title }”里还没有话题接收任何内容。
routes-hint = 点一个分类，把它发到某个话题，或取消。
route-everything = 全部
route-goes = “{ $category }”发到：{ $topics }
route-nowhere = “{ $category }”还没有发到任何话题。
route-hint = 点话题即可更改。没列出的话题？在那里发送 /route。
route-usage =
    没有简报属于分类“{ $name }”。写法如下：
    /route { $example } → 新闻
    /route { $example } 新建 – 为它新建话题
    /route { $example } 取消 – 不再发到任何话题
route-in-forums = 这个命令让每个分类发到各自的话题：请在开启了话题的群组里使用 /route。
no-such-topic = 我不知道话题“{ $name }”。如果已经有了，请在那个话题里发送 /route。
button-new-topic = ＋ 新建话题“{ $name }”
topic-number = 话题 { $number }
topic-here = 这里：{ $topic }
topic-as-yourself = Telegram 没有告诉我你是哪位管理员。请点按钮，以个人身份新建话题：
only-who-manages-topics = 只有“{ $title }”里有权管理话题的管理员才能新建话题。
bot-may-not-create-topics = 我无权在“{ $title }”新建话题。请让我成为可管理话题的管理员。
topic-not-created = Telegram 不允许我在“{ $title }”新建话题。
command-route = 把分类发到各话题
