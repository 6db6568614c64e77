package dev.slipway.logs.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines column by column, as PostgreSQL takes many rows in at the least cost.
 *
 * @param observedAt in microseconds since 1970
 * @param attributes as JSON
 */
public record LineColumns(
    UUID[] tenantId,
    Long[] observedAt,
    String[] stream,
    String[] level,
    String[] phase,
    String[] message,
    @Nullable UUID[] appId,
    @Nullable UUID[] deploymentId,
    @Nullable UUID[] serverId,
    @Nullable String[] container,
    String[] attributes) {

  /**
   * The columns of some lines.
   *
   * @param json writes attributes
   */
  static LineColumns of(Collection<NewLine> lines, Function<Object, String> json) {
    var columns = ofSize(lines.size());
    var row = 0;
    Map<String, String> last = Map.of();
    var written = "{}";
    for (var line : lines) {
      if (line.attributes() != last) {
        // Lines of one container mostly share them.
        last = line.attributes();
        written = json.apply(storable(last));
      }
      columns.set(row++, line, written);
    }
    return columns;
  }

  private static LineColumns ofSize(int size) {
    return new LineColumns(
        new UUID[size],
        new Long[size],
        new String[size],
        new String[size],
        new String[size],
        new String[size],
        new UUID[size],
        new UUID[size],
        new UUID[size],
        new String[size],
        new String[size]);
  }

  private void set(int row, NewLine line, String json) {
    tenantId[row] = line.tenantId();
    observedAt[row] = ChronoUnit.MICROS.between(Instant.EPOCH, line.observedAt());
    stream[row] = storable(line.stream());
    level[row] = word(line.level());
    phase[row] = word(line.phase());
    message[row] = storable(line.message());
    appId[row] = line.appId();
    deploymentId[row] = line.deploymentId();
    serverId[row] = line.serverId();
    container[row] = line.container() == null ? null : storable(line.container());
    attributes[row] = json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** PostgreSQL stores no NUL, neither in text nor in JSON. */
  private static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }

  private static Map<String, String> storable(Map<String, String> members) {
    return members.entrySet().stream()
        .collect(
            Collectors.toMap(
                member -> storable(member.getKey()),
                member -> storable(member.getValue()),
                (one, same) -> one));
  }
}
