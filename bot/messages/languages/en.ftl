## Parts of a digest

part-of = ({ $part }/{ $parts })
more-items = … and { $count } more
read-on = … read on
cut-off = … cut off here
