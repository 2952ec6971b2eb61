## What a group or channel puts under all that it gets

ending-footer = Footer
ending-signature = Signature
ending-links = Buttons
ending-shown = { $shows ->
    [text] Under every digest stands:
    [links] Under every digest stand these buttons.
   *[nothing] Nothing of your own stands under the digests.
}
footer-sought = What shall stand under every digest? Bold, italics and links stay as you type them.
footer-example = Subscribe: @example_channel
signature-sought = With which name shall every digest be signed?
signature-example = AI Daily
links-sought = Which buttons shall stand under every digest? At most three, each on a line of its own: what it says, a dash, its link.
links-example = Website - https://example.org
ending-empty = That is no text.
footer-too-long = That is { $count } characters, and there is room for { $most }.
footer-too-heavy = Too many styles, or links that are too long: at most ten, and 1,000 bytes with their addresses.
signature-too-long = That is { $count } characters, and there is room for { $most }.
button-without-link = No link that Telegram opens: { $words }
button-without-words = What shall the button say that opens { $words }?
button-too-long = That is { $count } characters on one button, and there is room for { $most }: { $words }
too-many-buttons = That is { $count } buttons, and there is room for { $most }.
