package dev.slipway.cli.plugin;

import dev.slipway.cli.output.CliException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a plugin meets the platform, and what a project for it begins with: a template, or one of
 * the example plugins under other names.
 */
public enum Point {
  REST_RESOURCE("Resource", "ResourceIT", "", Point.SALUTATION),
  EVENT_LISTENER("Listener", "ListenerTest", "\"events:apps.app.created\"", Point.SALUTATION),
  JOB("Job", "JobTest", "", Point.SALUTATION),
  SCRIPT_API("Function", "FunctionTest", "\"scripts:{{word}}.shout\"", "{ \"type\": \"object\" }"),
  SCRIPT_HOOK("Hook", "HookTest", "", "{ \"type\": \"object\" }"),
  ADMIN_PAGE(
      new Example(
          "admin-page-uptime",
          "uptime",
          "Uptime",
          List.of("UptimePage"),
          List.of("UptimePageTest"))),
  NOTIFICATION_CHANNEL(
      new Example(
          "notification-channel-ntfy",
          "ntfy",
          "Ntfy",
          List.of("NtfyChannel"),
          List.of("NtfyChannelIT"))),
  DNS_PROVIDER(
      new Example(
          "dns-provider-powerdns",
          "powerdns",
          "PowerDns",
          List.of("PowerDns", "ZoneText"),
          List.of("FakePowerDns", "PowerDnsIT"))),
  AI_PROVIDER(
      new Example(
          "ai-provider-chat",
          "chat",
          "Chat",
          List.of("ChatProvider", "Conversation"),
          List.of("FakeChatServer", "ChatProviderIT"))),
  SERVICE_TEMPLATE(
      new Example(
          "service-template-valkey",
          "valkey",
          "Valkey",
          List.of("ValkeyTemplate"),
          List.of("ValkeyTemplateTest")));

  private static final String SALUTATION =
      """
      {
          "type": "object",
          "properties": {
            "salutation": { "type": "string", "title": "How it greets", "default": "Hello", "maxLength": 40 }
          }
        }\
      """;

  private final String role;
  private final String test;
  private final String permissions;
  private final String settings;
  private final @Nullable Example example;

  /**
   * An example plugin of the tree.
   *
   * @param folder below {@code plugins}
   * @param pack last part of its package
   * @param word what its classes' names have in common
   * @param main names of its classes
   * @param tests names of its tests' classes
   */
  record Example(String folder, String pack, String word, List<String> main, List<String> tests) {}

  Point(String role, String test, String permissions, String settings) {
    this.role = role;
    this.test = test;
    this.permissions = permissions;
    this.settings = settings;
    example = null;
  }

  Point(Example example) {
    role = "";
    test = "";
    permissions = "";
    settings = "";
    this.example = example;
  }

  /** As people write it, such as {@code event-listener}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String role() {
    return role;
  }

  String test() {
    return test;
  }

  String permissions() {
    return permissions;
  }

  String settings() {
    return settings;
  }

  @Nullable Example example() {
    return example;
  }

  /** All of them, as people write them. */
  public static String words() {
    return Arrays.stream(values()).map(Point::word).collect(Collectors.joining(", "));
  }

  /** The point of this name. */
  public static Point of(String word) {
    return Arrays.stream(values())
        .filter(point -> point.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> CliException.usage("--point: '%s' is none of %s".formatted(word, words())));
  }
}
