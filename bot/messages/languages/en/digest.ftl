## Parts of a digest

part-of = ({ $part }/{ $parts })
more-items = … and { $count } more
read-on = … read on
cut-off = … cut off here
withdrawn = Withdrawn by its publisher
no-longer-here = This part of the digest is no longer there.

items-shown = { $shown } of { $count ->
    [one] one item
   *[other] { $count } items
}
also-in = also in { $title }
left-out = { $count ->
    [one] The other item
   *[other] The other { $count } items
}

## A roundup

roundup-heading = { $digests ->
    [one] One digest
   *[other] { $digests } digests
}{ $items ->
    [0] {""}
    [one] , one item
   *[other] , { $items } items
}
roundup-since = since { $day }
roundup-repeated = All of it stands above
