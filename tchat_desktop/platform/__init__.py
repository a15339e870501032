"""What the machine gives: places on the disk, logs, crash reports, permissions."""
