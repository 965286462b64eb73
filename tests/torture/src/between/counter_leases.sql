SELECT series, day, first, last, next FROM lease
