package main

// What follows lets the package build; main ends before any of it is called.

func lockFolder(string, func()) (func(), error) { return func() {}, nil }
