## What is saved

saved-now = Saved · /saved
saved-no-more = No longer saved
saved-full = { $most } things are saved, and no more fit. /saved lets go of some.
