## /categories, /subscribe, /unsubscribe

categories-hint = Tap to choose or drop. A digest comes if it has any of them.
narrow-hint = Tap a category to get only that.
lately-hint = The numbers are digests in the last 30 days.
no-categories = No digest has a category yet.
no-category-found = No category has that in its name.
category-sought = Type a part of the category’s name
button-none = None
button-find = Find…
button-all-categories = All categories
button-undo = Undo
undo-typed = To have it back, send: { $command }
unsubscribed-categories = Unsubscribed from all categories.
