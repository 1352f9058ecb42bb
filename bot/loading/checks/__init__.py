"""Every static check of a loaded edition, one small file each."""
