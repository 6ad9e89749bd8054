"""What the pages of the explorer show: an index is asked, plain values that JSON can hold come out."""
