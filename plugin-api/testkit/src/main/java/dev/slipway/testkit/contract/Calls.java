package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Calls one operation in right and wrong ways. */
final class Calls {
  private static final int LONGEST_SHOWN = 600;

  /** Random, because ids that are easy to read are taken by objects that features bring along. */
  private static final String NOBODY = nobody();

  private final Operation operation;
  private final Callers callers;
  private final Map<String, String> objects;
  private final Map<String, Object> bodies;
  private final Samples samples;
  private final Runnable before;

  Calls(
      Operation operation,
      Callers callers,
      Map<String, String> objects,
      Map<String, Object> bodies,
      Samples samples,
      Runnable before) {
    this.operation = operation;
    this.callers = callers;
    this.objects = objects;
    this.bodies = bodies;
    this.samples = samples;
    this.before = before;
  }

  Operation operation() {
    return operation;
  }

  /** Who may call it; nobody in particular where anyone may. */
  TestClient allowed() {
    return operation.guarded() ? callers.owner() : callers.anyone();
  }

  /** The path with objects that nobody has. */
  String unknown() {
    return path(operation.path(), false);
  }

  /** The path with the owner's objects, as far as they are named. */
  String known() {
    return path(operation.path(), true);
  }

  /** Whether every parameter of the path has an object of the owner. */
  boolean named() {
    return !known().equals(unknown()) && !known().contains("unknown-") && identified();
  }

  private boolean identified() {
    for (var end = operation.path().indexOf('}');
        end >= 0;
        end = operation.path().indexOf('}', end + 1)) {
      if (!objects.containsKey(Operation.shape(operation.path().substring(0, end + 1)))) {
        return false;
      }
    }
    return true;
  }

  private String path(String template, boolean named) {
    var path = new StringBuilder();
    var from = 0;
    for (var open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      var close = template.indexOf('}', open);
      var known = objects.get(Operation.shape(template.substring(0, close + 1)));
      path.append(template, from, open);
      path.append(named && known != null ? known : stranger(template.substring(open + 1, close)));
      from = close + 1;
    }
    return path.append(template.substring(from)).toString();
  }

  private String stranger(String parameter) {
    return operation.parameters("path").stream()
            .filter(it -> it.path("name").asText().equals(parameter))
            .anyMatch(it -> it.at("/schema/format").asText().equals("uuid"))
        ? NOBODY
        : "unknown-" + parameter;
  }

  /**
   * A body that is in order: the one that was given, else that of the example, else the smallest
   * that the schema allows.
   */
  byte @Nullable [] body() {
    if (operation.body() == null) {
      return null;
    }
    var given = bodies.get(operation.id());
    if (given instanceof byte[] bytes) {
      return bytes;
    }
    if (operation.bodySchema().isMissingNode()) {
      return new byte[] {0};
    }
    if (given != null) {
      return bytes(given);
    }
    var example = operation.example().get("body");
    return bytes(example == null ? samples.smallest(operation.bodySchema()) : example);
  }

  private static byte[] bytes(Object body) {
    return body instanceof JsonNode node
        ? node.toString().getBytes(StandardCharsets.UTF_8)
        : dev.slipway.store.json.JsonMappers.PLATFORM
            .valueToTree(body)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
  }

  Answer call(TestClient client, String path) {
    return call(client, path, body());
  }

  Answer call(TestClient client, String path, byte @Nullable [] body) {
    return call(client, operation.verb(), path, body, operation.body());
  }

  Answer call(
      TestClient client, String verb, String path, byte @Nullable [] body, @Nullable String media) {
    before.run();
    var answer = client.send(verb, path, body, media == null ? "application/json" : media);
    if (answer.status() == 429 && operation.documents(429)) {
      Assumptions.abort("the operation is rate-limited here");
    }
    return answer;
  }

  /** Checks that the answer is a refusal with this status, in the form that every refusal has. */
  Answer refused(int status, Answer answer) {
    assertThat(answer.status()).as(() -> shown(answer)).isEqualTo(status);
    return wellFormed(answer);
  }

  /** Checks that the answer is a 400 that names the field. */
  void refusedFor(String field, Answer answer) {
    refused(400, answer);
    assertThat(answer.fields()).as(() -> shown(answer)).contains(field);
  }

  /** Checks that the answer is a refusal of any kind. */
  void refused(Answer answer) {
    assertThat(answer.status()).as(() -> shown(answer)).isBetween(400, 499);
    wellFormed(answer);
  }

  private static Answer wellFormed(Answer answer) {
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.header("X-API-Version")).isPresent();
    var problem = answer.json();
    assertThat(problem.path("type").isTextual()).as("type").isTrue();
    assertThat(problem.path("title").asText()).as("title").isNotEmpty();
    assertThat(problem.path("status").asInt()).as("status").isEqualTo(answer.status());
    assertThat(problem.path("error").asText()).as("error").isNotEmpty();
    assertThat(problem.path("code").asText()).as("code").matches("[a-z][a-z0-9.-]+");
    assertThat(problem.path("errors").isArray()).as("errors").isTrue();
    assertThat(problem.path("request_id").asText())
        .as("request_id")
        .isNotEmpty()
        .isEqualTo(answer.header("X-Request-ID").orElse(""));
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
    return answer;
  }

  /** Carries the operation out and looks for its audit row. */
  void audited(Function<String, List<String>> actions) {
    var answer = call(allowed(), known());
    assertThat(answer.status()).as(() -> shown(answer)).isLessThan(500);
    if (answer.status() >= 300) {
      assertThat(actions.apply(answer.header("X-Request-ID").orElseThrow()))
          .as("what was refused is not audited as done: " + shown(answer))
          .isEmpty();
      Assumptions.abort("not carried out: " + shown(answer));
    }
    assertThat(actions.apply(answer.header("X-Request-ID").orElseThrow()))
        .containsExactly(operation.id());
  }

  private static String shown(Answer answer) {
    var text = answer.text();
    return answer.response().request().method()
        + " "
        + answer.response().uri()
        + " answered "
        + answer.status()
        + " "
        + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text);
  }

  /** An id that nothing has. */
  static String nobody() {
    return Ids.next().toString();
  }
}
