## Parts of a digest

part-of = （{ $part }/{ $parts }）
more-items = … 还有 { $count } 条
read-on = … 阅读全文
cut-off = … 以下从略
