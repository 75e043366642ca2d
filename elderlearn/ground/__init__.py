"""What every room stands on: settings, clock, errors, the unit of work, crypto, the trail, embedded servers."""
