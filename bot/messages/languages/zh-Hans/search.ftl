## /search，以及直接发来的文字

hits-found = { $count ->
    [0] 没有找到
   *[other] 共 { $count } 条
}
hits-shown = 第 { $first }–{ $last } 条，共 { $count } 条
no-category = 没有叫“{ $name }”的分类。
try-instead = 试试这样找：
try-another = 换个词，或者少写几个词试试。
search-usage =
    请写上要找的词：/search 开源
    还可以这样写：“连在一起的词” -不要的词 分类:AI 来自:x.com 自:2025-06
search-too-long = 要找的太长了，写几个词就好：/search 开源
old-search = 这份结果已经过期，请重新搜索。
button-alert = 🔔 关注
alert-on = 🔔 已关注 { $words }，有新内容会自动发给你。管理关注：/follow
alert-full = 已关注 { $most } 个词，不能再多了。用 /follow 去掉一些。
typed-hint = 直接发文字就能搜索。全部命令：/help
unknown-text = 发几个词过来，我就帮你搜索。全部命令：/help

## 打开一条

button-save = 🔖 收藏
button-unsave = 🔖 取消收藏
button-whole-digest = 查看整期

## @bot 加上词

inline-nothing = 没有找到
