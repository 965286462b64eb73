SELECT id, device, epoch, public_key, seq, hash, signature FROM stream ORDER BY device, epoch
