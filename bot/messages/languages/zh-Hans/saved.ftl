## 收藏

saved-now = 已收藏 · /saved
saved-no-more = 已取消收藏
saved-full = 收藏已满 { $most } 条，请先在 /saved 里删去一些。
saved-nothing = 还没有收藏。点简报或条目下面的 🔖 就能收藏。
saved-count = 共收藏 { $count } 条，最新的在前
saved-removing = 点编号即可删除。共收藏 { $count } 条
saved-heading = 收藏
button-remove = 删除…
button-export = 导出文件
command-saved = 我的收藏
