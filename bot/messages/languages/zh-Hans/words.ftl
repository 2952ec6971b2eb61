## 各处通用

state-words = 已订阅：提到{ $words }的条目。
state-categories-words = 已订阅：{ $categories }，以及提到{ $words }的条目。
state-muted = { $gets }提到{ $words }的条目除外。

## /follow、/mute

followed = { $whom ->
    [group] 本群
    [topic] 本话题
   *[other] {""}
}已关注{ $words }。
muted = { $whom ->
    [group] 本群
    [topic] 本话题
   *[other] {""}
}已屏蔽{ $words }。
follow-brings = { $had ->
    [everything] { $whom ->
        [group] 本群
        [topic] 本话题
       *[other] {""}
    }已订阅全部，本来就会发来；以后改为只选分类，含有{ $count ->
        [1] 它
       *[other] 其中任何一个
    }的条目也照样发来。
    [categories] 含有{ $count ->
        [1] 它
       *[other] 其中任何一个
    }的条目，在其他分类里也会发来。
   *[nothing] 含有{ $count ->
        [1] 它
       *[other] 其中任何一个
    }的条目，不论分类都会发来。
}
mute-hides = 含有{ $count ->
    [1] 它
   *[other] 其中任何一个
}的条目不再发来。
followed-instead = 不再屏蔽：{ $words }。
muted-instead = 不再关注：{ $words }。
lately = 最近 30 天：{ $counts }。
lately-items = { $number ->
    [0] 还没有这样的条目
   *[other] { $number } 条
}
lately-more-items = { $number } 条以上
lately-word = { $word }{ $number } 条
lately-word-more = { $word }{ $number } 条以上
words-too-long = 每个词或短语最多 { $longest } 个字。
words-too-many = 最多可以记 { $most } 个词，{ $whom ->
    [group] 本群
    [topic] 本话题
   *[other] {""}
}已有 { $count } 个，请先删掉一些。
button-as-one = 合成短语“{ $words }”

## 已有的词

words-followed = { $count ->
    [0] { $whom ->
        [group] 本群
        [topic] 本话题
       *[other] {""}
    }还没有关注任何词。关注之后，含有它的条目在其他分类里也会发来。
   *[other] { $whom ->
        [group] 本群
        [topic] 本话题
       *[other] {""}
    }关注了 { $count } 个词，含有它们的条目在其他分类里也会发来。
}
words-muted = { $count ->
    [0] { $whom ->
        [group] 本群
        [topic] 本话题
       *[other] {""}
    }还没有屏蔽任何词。屏蔽之后，含有它的条目不再发来。
   *[other] { $whom ->
        [group] 本群
        [topic] 本话题
       *[other] {""}
    }屏蔽了 { $count } 个词，含有它们的条目不会发来。
}
words-tap = 点一个词就能删掉它。
words-typed = 多个词用空格隔开，带空格的短语加引号：{ $command } 具身智能 "world model"
button-add-words = 添加
button-followed-words = { $whom ->
    [group] 本群关注的词
    [topic] 本话题关注的词
   *[other] 关注的词
}
button-muted-words = { $whom ->
    [group] 本群屏蔽的词
    [topic] 本话题屏蔽的词
   *[other] 屏蔽的词
}
words-to-follow = 要关注哪些词？用空格隔开，带空格的短语加引号。
words-to-mute = 要屏蔽哪些词？用空格隔开，带空格的短语加引号。

## /unfollow、/unmute

unfollowed = { $whom ->
    [group] 本群
    [topic] 本话题
   *[other] {""}
}不再关注{ $words }。
unmuted = { $whom ->
    [group] 本群
    [topic] 本话题
   *[other] {""}
}不再屏蔽{ $words }。
not-followed = { $whom ->
    [group] 本群
    [topic] 本话题
   *[other] {""}
}没有关注{ $words }。
not-muted = { $whom ->
    [group] 本群
    [topic] 本话题
   *[other] {""}
}没有屏蔽{ $words }。
words-undone = 已恢复原样。

command-follow = 关注词，各分类里提到它的都会收到
command-mute = 屏蔽词，提到它的不再收到
