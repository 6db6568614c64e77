package dev.slipway.deployments.page;

import dev.slipway.logs.Level;
import dev.slipway.logs.LogLine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a deployment's log.
 *
 * @param last place of its last line; where the part before it ended if it has none
 * @param more whether there are further lines that nobody follows
 * @param follow where further lines are streamed; null where none is to come
 */
public record LogPart(
    UUID deployment, List<LogLine> lines, long last, boolean more, @Nullable String follow) {

  /** How a line looks: the platform's own words, errors, or as any other. */
  public String look(LogLine line) {
    if (line.stream().equals("system")) {
      return "system";
    }
    var wrong =
        line.stream().equals("stderr")
            || line.level() == Level.ERROR
            || line.level() == Level.FATAL;
    return wrong ? "wrong" : "";
  }
}
