"""What a library reports each quarter: the fields, the jumps, and two versions compared."""
