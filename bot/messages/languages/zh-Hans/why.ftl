## 为什么收到

button-why = 为什么？
