## 群组或频道在每期简报下方附上的内容

ending-footer = 页脚
ending-signature = 署名
ending-links = 按钮
ending-shown = { $shows ->
    [text] 每期简报下方会附上：
    [links] 每期简报下方会附上这些按钮。
   *[nothing] 简报下方目前不附加任何内容。
}
footer-sought = 每期简报下方要附上什么文字？粗体、斜体和链接会原样保留。
footer-example = 订阅频道：@example_channel
signature-sought = 每期简报用什么名字署名？
signature-example = AI 日报
links-sought = 每期简报下方要放哪些按钮？最多三个，每行一个：按钮文字、短横线、链接。
links-example = 官网 - https://example.org
ending-empty = 这里没有文字。
footer-too-long = 共 { $count } 个字符，最多 { $most } 个。
footer-too-heavy = 样式太多，或链接太长：最多 10 处，连同网址不超过 1000 字节。
signature-too-long = 共 { $count } 个字符，最多 { $most } 个。
button-without-link = 没有 Telegram 能打开的链接：{ $words }
button-without-words = 打开 { $words } 的按钮上写什么？
button-too-long = 这个按钮有 { $count } 个字符，最多 { $most } 个：{ $words }
too-many-buttons = 共 { $count } 个按钮，最多 { $most } 个。
