package dev.slipway.compose;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads health checks, and times. */
final class HealthReader {
  private static final Set<String> KINDS = Set.of("CMD", "CMD-SHELL", "NONE");
  private static final Duration LONGEST = Duration.ofHours(1);

  private HealthReader() {}

  static Service.@Nullable HealthCheck read(Fields fields) {
    if (fields.value("healthcheck") == null) {
      return null;
    }
    var check = fields.object("healthcheck");
    var retries = check.text("retries");
    var times = retries == null ? null : Amounts.whole(retries, 1, 1000);
    if (retries != null && times == null) {
      check.problem("retries", "is not 1 to 1000");
    }
    var test = check.flag("disable") ? List.of("NONE") : test(check);
    var read =
        new Service.HealthCheck(
            test,
            time(check, "interval"),
            time(check, "timeout"),
            time(check, "start_period"),
            times);
    check.value("test");
    check.leave("start_interval", "engines that are in use do not know it");
    check.end();
    return read;
  }

  private static List<String> test(Fields check) {
    if (check.value("test") instanceof String line) {
      return List.of("CMD-SHELL", line);
    }
    var words = check.texts("test");
    if (words == null) {
      return List.of();
    }
    if (words.isEmpty() || !KINDS.contains(words.getFirst())) {
      check.problem("test", "must begin with CMD, CMD-SHELL or NONE");
    }
    return words;
  }

  static @Nullable Duration time(Fields fields, String key) {
    var text = fields.text(key);
    return text == null ? null : time(fields, key, text);
  }

  static @Nullable Duration time(Fields fields, String key, String text) {
    var time = Amounts.time(text);
    if (time == null || time.compareTo(LONGEST) > 0) {
      fields.problem(key, "is not a time such as 30s, or longer than an hour");
      return null;
    }
    return time;
  }
}
