"""The proof pack of a closed semester: lists without names from which anyone can recount it."""
