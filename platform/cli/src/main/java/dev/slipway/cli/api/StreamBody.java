package dev.slipway.cli.api;

/** The body of an answer to a request for a stream. */
sealed interface StreamBody permits ChunkQueue, StreamBody.Whole {
  /** Not a stream: a refusal, or the 204 that ends a stream for good. */
  record Whole(byte[] bytes) implements StreamBody {}
}
