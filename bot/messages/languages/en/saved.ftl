## What is saved

saved-now = Saved · /saved
saved-no-more = No longer saved
saved-full = { $most } things are saved, and no more fit. /saved lets go of some.
saved-nothing = Nothing is saved yet. 🔖 under a digest or an item saves it.
saved-count = { $count } saved, the newest first
saved-removing = Tap the numbers to remove. { $count } saved
saved-heading = Saved
button-remove = Remove…
button-export = As a file
command-saved = What you saved
