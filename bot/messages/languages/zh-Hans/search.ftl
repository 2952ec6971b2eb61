## /search，以及直接发来的文字

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
typed-hint = 直接发文字就能搜索。全部命令：/help
unknown-text = 发几个词过来，我就帮你搜索。全部命令：/help

## 打开一条

button-save = 🔖 收藏
button-unsave = 🔖 取消收藏
button-whole-digest = 查看整期
