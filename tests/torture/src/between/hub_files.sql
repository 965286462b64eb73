SELECT hash FROM blob
