//go:build tools

// Package tools names the program that the module is for, so that go.sum pins all of it.
package tools

import _ "github.com/FerretDB/FerretDB/cmd/ferretdb"
