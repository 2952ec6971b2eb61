## /latest

button-newer = ‹ 较新
button-older = 较早 ›
button-headlines = 只看标题
button-full = 显示摘要
