"""Gets the locked packages from a bare Python; uses nothing outside the standard library."""
