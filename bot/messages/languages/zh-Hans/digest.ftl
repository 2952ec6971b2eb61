## 一期简报的各部分

part-of = ({ $part }/{ $parts })
more-items = … 还有 { $count } 条
read-on = … 继续阅读
cut-off = … 以下从略
withdrawn = 已被发布者撤回
no-longer-here = 本期的这一部分已经没有了。

items-shown = 共 { $count } 条，显示 { $shown } 条
also-in = 已见于《{ $title }》
left-out = 其余 { $count } 条

## 汇总

roundup-heading = { $digests } 期简报{ $items ->
    [0] {""}
   *[other] ，共 { $items } 条
}
roundup-since = { $day }以来
roundup-repeated = 内容与上文相同
