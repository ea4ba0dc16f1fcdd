package main

import (
	"os"
	"testing"

	"credo/internal/loopback"
)

func TestMain(m *testing.M) {
	loopback.Keep()
	os.Exit(m.Run())
}
