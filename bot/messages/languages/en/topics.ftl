## Topics of a forum, and which categories go to which

button-routes = Topics
routes-head = What each topic of { $title } gets:
routes-line = { $topic }: { $gets }
routes-none = No topic of { $title } gets anything yet.
routes-hint = Tap a category to send it to a topic, or to end that.
route-everything = everything
route-goes = “{ $category }” goes to: { $topics }
route-nowhere = “{ $category }” goes to no topic.
route-hint = Tap a topic to change that. One is missing? Write /route in it.
route-usage =
    No digest has the category “{ $name }”. One says it like this:
    /route { $example } → News
    /route { $example } new – creates a topic for it
    /route { $example } off – to no topic any more
route-in-forums = This sends each category to its own topic: use /route in a group with topics.
no-such-topic = I know no topic “{ $name }”. If there is one, write /route in it.
button-new-topic = ＋ New topic “{ $name }”
topic-number = Topic { $number }
topic-here = Here: { $topic }
topic-as-yourself = Telegram does not tell me who of the administrators you are. Tap to create the topic as yourself:
only-who-manages-topics = Only administrators of { $title } who may manage topics can create one.
bot-may-not-create-topics = I may not create topics in { $title }. Make me an administrator who may manage topics.
topic-not-created = Telegram does not let me create a topic in { $title }.
command-route = Categories to topics
