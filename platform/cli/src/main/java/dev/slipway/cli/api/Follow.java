package dev.slipway.cli.api;

import java.util.Optional;

/** Another way than HTTP to what a stream tells; one of them for each stream. */
interface Follow {
  /** Whether it may be tried; where not, the stream goes on over HTTP. */
  boolean isUsable();

  /** A connection that tells what came after an id, in the form of the stream; empty at the end. */
  Optional<ChunkQueue> open(String lastId);
}
