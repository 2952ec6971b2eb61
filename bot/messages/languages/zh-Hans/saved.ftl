## 收藏

saved-now = 已收藏 · /saved
saved-no-more = 已取消收藏
saved-full = 收藏已满 { $most } 条，请先在 /saved 里删去一些。
