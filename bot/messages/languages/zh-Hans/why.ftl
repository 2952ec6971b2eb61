## 为什么收到，或没有收到

button-why = 为什么？
command-why = 某一期为什么收到，或没收到
why-usage = 想问哪一期？/why 加上编号或链接，或者用 /why 回复那一期。
why-unknown = 没有找到这一期。可以发它或其中一条的链接，也可以用 /why 回复它。
why-nothing-yet = { $whom ->
    [you] 还没有给你发过简报。
    [there] 还没有往那里发过简报。
   *[other] 还没有在这里发过简报。
}
why-number = 编号 { $number }
why-roundup = 这份汇总里有 { $count } 期简报。
why-rounded-up = 它是随汇总发来的。

why-categories = { $whom ->
    [you] 它属于你选的{ $categories }。
   *[other] 它属于已选的{ $categories }。
}
why-followed = 有 { $count } 条提到{ $whom ->
    [you] 你关注
   *[other] 已关注
}的{ $word }。
why-changed = { $whom ->
    [you] 它是按你当时的订阅发来的，之后你改过订阅。
   *[other] 它是按当时的订阅发的，之后订阅有改动。
}
why-muted = 略去 { $count } 条：提到了{ $words }。
why-unasked = 略去 { $count } 条：没有{ $whom ->
    [you] 你要
   *[other] 订阅
}的内容。
why-hidden = 按{ $whom ->
    [you] 你当时
   *[other] 当时
}的设置，略去了 { $count } 条。
why-told = { $count } 条只列标题：{ $whom ->
    [you] 已在
   *[other] 先前已在
}《{ $title }》发过。

why-on-its-way = { $whom ->
    [you] 正在发给你。
   *[other] 正在发送。
}
why-tried = 正在发送：Telegram 暂时没有接收，我会不断重试。
why-paused = 目前暂停发送，恢复后就会发出。
why-awaited = 这一期还没有开始发送。
why-in-roundup = { $whom ->
    [you] 它会随下一份汇总发给你：{ $when }。
   *[other] 它会随下一份汇总发送：{ $when }。
}
why-held = { $whom ->
    [you] 按你的设置，{ $when } 再发给你。
   *[other] 按设置，{ $when } 再发送。
}

why-nothing = { $whom ->
    [you] 没有发给你：你还没有订阅任何内容。
   *[other] 没有发送：还没有订阅任何内容。
}
why-not-chosen = { $whom ->
    [you] 没有发给你：你没有选{ $categories }。
   *[other] 没有发送：没有选{ $categories }。
}
why-no-category = { $whom ->
    [you] 没有发给你：它不属于任何分类，而你没有订阅全部。
   *[other] 没有发送：它不属于任何分类，而订阅的不是全部。
}
why-no-word = { $whom ->
    [you] 也没有提到你关注的{ $words }。
   *[other] 也没有提到已关注的{ $words }。
}
why-all-muted = { $whom ->
    [you] 没有发给你：该发给你的内容都提到了{ $words }，这是你屏蔽的词。
   *[other] 没有发送：该发的内容都提到了{ $words }，这是已屏蔽的词。
}
why-later = { $whom ->
    [you] 没有发给你：它发出时，你还没有订阅现在的这些内容。
   *[other] 没有发送：它发出时，还没有订阅现在的这些内容。
}
why-before = { $whom ->
    [you] 没有发给你：它是你来之前发布的。
   *[other] 没有发送：它是我加入之前发布的。
}
why-baseline = 没有发给任何人：我开始发送之前，它就已经在了。
why-too-old = 没有发给任何人：发现它时，已经是旧闻了。
why-to-nobody = 没有发给任何人：这一期只供查阅。
why-withdrawn = 没有发送：发布者撤回了它。
why-stopped = { $whom ->
    [you] 没有发给你：你已停用我，/start 可以恢复原来的订阅。
   *[other] 没有发送：目前已停止，/start 可以恢复原来的订阅。
}
why-had-stopped = { $whom ->
    [you] 没有发给你：你当时停用了我。
   *[other] 没有发送：当时已停止。
}
why-had-blocked = { $whom ->
    [you] 没有发给你：你当时屏蔽了我。
   *[other] 没有发送：我当时不在，或不能发言。
}
why-forwarded = 没有单独发送：频道已经发了，Telegram 会自动转到{ $whom ->
    [there] 那里
   *[other] 这里
}。
why-late = { $whom ->
    [you] 没有发给你：没能及时送到，后来就成了旧闻。
   *[other] 没有发送：没能及时送到，后来就成了旧闻。
}
why-skipped = 没有发送：暂停发送期间积下的简报没有补发。
why-in-doubt = 可能已经发出，但 Telegram 没有确认。
why-refused = 没有发送：Telegram 没有接收。
why-forgotten = 时间太久了：谁收到过哪一期，我只保留一个月。

button-show-it = 看这一期
button-unmute = 不再屏蔽{ $word }
button-without = 不要{ $name }
