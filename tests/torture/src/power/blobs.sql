SELECT hash, key FROM blob
