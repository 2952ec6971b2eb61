## 接收时间

nothing-came = 上次汇总之后没有新内容。
