SELECT device, epoch, seq, hash FROM stream
