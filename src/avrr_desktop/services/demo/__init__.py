"""The demonstration register: invented people whose figures are those of a published bulletin."""
