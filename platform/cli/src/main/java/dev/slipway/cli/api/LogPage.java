package dev.slipway.cli.api;

import java.util.List;

/**
 * A part of a deployment's stored log.
 *
 * @param nextAfter where the next part begins
 * @param complete nothing will be added any more
 * @param full there may be more already
 */
public record LogPage(List<LogLine> lines, long nextAfter, boolean complete, boolean full) {}
