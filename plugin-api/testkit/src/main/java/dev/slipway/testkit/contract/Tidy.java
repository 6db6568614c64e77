package dev.slipway.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes recorded values fit for a file: what differs between two runs or is a secret gets a fixed
 * form. One id has one form wherever it stands.
 */
final class Tidy {
  private static final String ID = "019b76da-a800-7000-8000-%012d";
  private static final String TIME = "2026-01-01T00:00:00Z";
  private static final String SUM = "0123456789abcdef".repeat(4);
  private static final Pattern IDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIMES =
      Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");
  private static final Pattern TOKENS = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  private static final Pattern SECRETS =
      Pattern.compile("\\b((?:[a-z]+_)?)(?=\\S*[A-Z])(?=\\S*\\d)[\\w+/-]{32,}=*");
  private static final Pattern SUMS = Pattern.compile("\\b([0-9a-f]{64}|[0-9a-f]{40})\\b");
  private static final Pattern MAILS = Pattern.compile("[\\w.+-]+@example\\.com");
  private static final Pattern HOSTS = Pattern.compile("(127\\.0\\.0\\.1|localhost):\\d+");

  private final Map<String, String> known = new HashMap<>();
  private int ids;

  /** Gives a value this form from now on. */
  void know(String real, String form) {
    known.put(real, form);
  }

  /** Gives an id the next form; other names stay as they are. */
  void id(String real) {
    text(real);
  }

  /** A value with all texts in fixed form. */
  JsonNode tidy(JsonNode value) {
    var json = JsonNodeFactory.instance;
    return switch (value.getNodeType()) {
      case STRING -> json.textNode(text(value.asText()));
      case ARRAY -> {
        var array = json.arrayNode();
        value.forEach(item -> array.add(tidy(item)));
        yield array;
      }
      case OBJECT -> {
        var object = json.objectNode();
        value
            .properties()
            .forEach(member -> object.set(text(member.getKey()), tidy(member.getValue())));
        yield object;
      }
      default -> value;
    };
  }

  private String text(String text) {
    if (known.containsKey(text)) {
      return known.get(text);
    }
    var tidy = IDS.matcher(text).replaceAll(id -> form(id.group()));
    tidy = TIMES.matcher(tidy).replaceAll(TIME);
    tidy = TOKENS.matcher(tidy).replaceAll("eyJhbGciOiJFUzI1NiJ9.e30.signature");
    tidy = SUMS.matcher(tidy).replaceAll(sum -> SUM.substring(0, sum.group().length()));
    tidy = MAILS.matcher(tidy).replaceAll("owner@example.com");
    tidy = HOSTS.matcher(tidy).replaceAll("slipway.example.com");
    return SECRETS
        .matcher(tidy)
        .replaceAll(
            secret ->
                IDS.matcher(secret.group()).find() ? secret.group() : secret.group(1) + "example");
  }

  private String form(String id) {
    return known.computeIfAbsent(id, unseen -> ID.formatted(++ids));
  }
}
