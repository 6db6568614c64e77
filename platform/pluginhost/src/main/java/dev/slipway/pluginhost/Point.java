package dev.slipway.pluginhost;

import dev.slipway.api.ai.AiProvider;
import dev.slipway.api.dns.DnsProvider;
import dev.slipway.api.notification.NotificationChannel;
import dev.slipway.api.offering.Offering;
import dev.slipway.api.service.ServiceTemplate;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kinds of what is offered to tenants. */
enum Point {
  NOTIFICATION_CHANNEL(NotificationChannel.class, Duration.ofSeconds(30)),
  DNS_PROVIDER(DnsProvider.class, Duration.ofSeconds(30)),
  AI_PROVIDER(AiProvider.class, Duration.ofMinutes(2)),
  SERVICE_TEMPLATE(ServiceTemplate.class, Bounded.QUICK);

  private final Class<? extends Offering> type;
  private final Duration longest;

  Point(Class<? extends Offering> type, Duration longest) {
    this.type = type;
    this.longest = longest;
  }

  Class<? extends Offering> type() {
    return type;
  }

  /** As permissions and people name it, such as {@code dns-provider}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How long a call may take. */
  Duration longest(Method method) {
    return method.getDeclaringClass() == Offering.class ? Bounded.QUICK : longest;
  }

  /** All words, as alternatives of a pattern. */
  static String names() {
    return Stream.of(values()).map(Point::word).collect(Collectors.joining("|"));
  }
}
