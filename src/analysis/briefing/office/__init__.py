"""What workbook, document and slides share: the sentences behind their numbers, words, looks, fixed bytes."""
