## /latest

no-digests = 还没有简报。
no-digest-of = 还没有{ $category }的简报。
latest-usage = 可写 1 到 { $most } 期，也可加一个分类：/latest 2 { $example }
button-newer = ‹ 较新
button-older = 较早 ›
button-headlines = 只看标题
button-full = 显示摘要
