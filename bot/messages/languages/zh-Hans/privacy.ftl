## /mydata 和 /forget

mydata = 这里保存的关于你的全部数据。用 /forget 可以全部删除。
mydata-nothing = 这里没有保存你的任何数据。
forget = 要删除这里保存的关于你的全部数据吗？包括订阅、关键词、时间安排和收藏，删除后无法恢复。
button-forget = 全部删除
button-keep = 保留
forgotten = 已全部删除。发送 /start 可以重新开始。
command-mydata = 查看关于我的数据
command-forget = 删除关于我的数据
