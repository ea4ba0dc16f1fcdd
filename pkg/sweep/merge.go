package sweep

import (
	"context"
	"fmt"

	"credo/pkg/sweep/shard"
)

func mergeCommand(_ context.Context, s *session, args []string) error {
	partial := s.Bool("partial", false, "put together what there is, in table.partial.csv and .parquet")
	if err := s.parse(args); err != nil {
		return err
	}
	f, err := s.open(0)
	if err != nil {
		return err
	}
	return s.merge(f, *partial)
}

// merge checks the shards and writes the table.
func (s *session) merge(f *shard.Folder, partial bool) error {
	return fmt.Errorf("merge is not written yet")
}
