## /latest

button-older = ‹ 上一期
button-newer = 下一期 ›
button-headlines = 只看标题
button-full = 显示摘要
