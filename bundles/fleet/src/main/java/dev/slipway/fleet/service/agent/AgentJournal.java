package dev.slipway.fleet.service.agent;

import dev.slipway.api.Caller;
import dev.slipway.fleet.CommandType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What an agent last wrote into its log, in its own words. */
@Component(service = AgentJournal.class)
public final class AgentJournal {
  /** Most lines that an agent sends. */
  public static final int MOST = 2_000;

  private static final Pattern LEADING_TIME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\S+)\\s+(.*)", Pattern.DOTALL);
  private static final DateTimeFormatter JOURNAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ");

  private final AgentProbe probe;

  @Activate
  public AgentJournal(@Reference AgentProbe probe) {
    this.probe = probe;
  }

  /** The last lines, oldest first. */
  public record Tail(String unit, List<Line> lines) {}

  /**
   * One line.
   *
   * @param timestamp null where it begins with none that says its year and zone
   */
  public record Line(@Nullable Instant timestamp, String message) {}

  /** Asks the agent for its last lines, at most {@link #MOST}. */
  public Tail tail(Caller caller, UUID serverId, int lines) {
    var payload = "{\"lines\":" + Math.min(lines, MOST) + "}";
    var answer = probe.ask(caller, serverId, CommandType.AGENT_LOGS, payload);
    var text = Objects.requireNonNullElse(answer.result(), "");
    return new Tail("permanu-agent", text.lines().map(AgentJournal::line).toList());
  }

  static Line line(String text) {
    var parts = LEADING_TIME.matcher(text);
    if (!parts.matches()) {
      return new Line(null, text);
    }
    var time = time(parts.group(1));
    return time == null ? new Line(null, text) : new Line(time, parts.group(2));
  }

  private static @Nullable Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException other) {
      try {
        return OffsetDateTime.parse(text, JOURNAL).toInstant();
      } catch (DateTimeParseException none) {
        return null;
      }
    }
  }
}
