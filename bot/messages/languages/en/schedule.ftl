## When things come: /schedule, /snooze

comes-at-once = Digests come at once, as they are published.
comes-daily = A roundup comes every day at { $time }.
comes-on-weekdays = A roundup comes Monday to Friday at { $time }.
comes-weekly = A roundup comes every { $day } at { $time }.
by-clock = { $when }, { $place } time
comes-next = Next: { $when }, { $place } time.
quiet-from-until = Quiet from { $hours }; what is published then comes afterwards, in one roundup.
snoozed-until = Snoozed until { $when }. What is published meanwhile comes then.
at-today = today { $time }
at-tomorrow = tomorrow { $time }
at-day = { $day }, { $time }
place-shanghai = Shanghai

button-schedule = When it comes
button-at-once = At once
button-daily = Daily
button-weekdays = Mon–Fri
button-weekly = Weekly
button-zone = Time zone
button-quiet = Quiet hours
button-snooze = Snooze
button-snoozed = Snoozed
button-tell-nothing = Say if nothing
button-back = ‹ Back

hour-hint = At what time? Any other: /schedule { $time }
weekday-hint = On which day?
schedule-usage = For example: /schedule daily 7:30, /schedule fri 18:00, /schedule quiet 22-8, /schedule Berlin

## Where one lives

zone-guessed = I take it that you go by { $place } time, where it is { $time }. If not, tap 🌍.
zone-found = { $place } time, then: it is { $time }.
where-are-you = Where are you? I show what the clock says there.
button-other-place = Another city
button-location = Share location
place-sought = In which city are you, or near which big one?
place-example = Berlin, Austin, Lagos …
place-unknown = I know no place called “{ $place }”. A bigger city near it will do.
place-unknown-near = I know no place called “{ $place }”. Did you mean one of these?
button-share = 📍 Share my location
button-not-now = Not now
share-hint = Press the button below. I keep the time zone only, not where you are.
not-shared = Nothing was shared.

## Quiet hours, snooze, roundups of nothing

quiet-hint = In quiet hours nothing comes; what would is in one roundup at their end. Others: /schedule quiet 22:30-7
button-never-quiet = No quiet hours
snooze-hint = For how long is nothing to come? What is published meanwhile comes then. Others: /snooze 3 days
button-an-hour = An hour
button-a-day = A day
button-a-week = A week
button-wake = End the snooze
nothing-came = Nothing new since the last roundup.

command-schedule = At once, daily, weekly; quiet hours
command-snooze = Nothing for a while
