"""What Chinese text says: script, numerals, units, periods and places. Pure functions of str."""
