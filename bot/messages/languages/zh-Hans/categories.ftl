## /categories、/subscribe、/unsubscribe

categories-hint = 点一下选中或取消。简报带有其中任何一个，就会发来。
narrow-hint = 点一个分类，就只收它。
lately-hint = 数字是最近 30 天的期数。
no-categories = 还没有带分类的简报。
no-category-found = 没有名称含有这些字的分类。
category-sought = 请输入分类名称中的几个字
button-none = 清空
button-find = 查找…
button-all-categories = 全部分类
button-undo = 撤销
undo-typed = 想恢复的话，请发送：{ $command }
unsubscribed-categories = 已退订所有分类。
