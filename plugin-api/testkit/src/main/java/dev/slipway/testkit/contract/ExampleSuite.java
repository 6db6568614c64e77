package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.testkit.TestClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Proves the examples of a feature, which stand in {@code
 * src/main/resources/examples/FEATURE.json}: each is called once with real ids, has to be answered
 * with the documented status, and the written answer has to have the shape of the real one. Use it
 * as a test factory:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> examples() {
 *   return platform.examples(tenant, "fleet").object("/api/servers/{id}", serverId).tests();
 * }
 * }</pre>
 *
 * <p>Reads are called first, deletions last. Run with {@code -Dexamples.write} it writes down what
 * is missing or does not fit any longer: parameters, the smallest body, and the answer, with ids,
 * times and secrets in fixed forms. What fits stays as it is.
 */
public final class ExampleSuite {
  private final TestClient anyone;
  private final TestClient owner;
  private final String feature;
  private final Map<String, String> objects = new TreeMap<>();
  private final Map<String, Supplier<Live>> lives = new HashMap<>();
  private final Tidy tidy = new Tidy();
  private final Map<String, String> unproven = new HashMap<>();
  private @Nullable Path folder;
  private Runnable before = () -> {};

  private ExampleSuite(TestClient anyone, TestClient owner, String feature) {
    this.anyone = anyone;
    this.owner = owner;
    this.feature = feature;
  }

  /**
   * A suite over the operations of one feature.
   *
   * @param anyone calls what anyone may call
   * @param owner calls everything else, where nothing else is said
   */
  public static ExampleSuite of(TestClient anyone, TestClient owner, String feature) {
    return new ExampleSuite(anyone, owner, feature);
  }

  /**
   * A real object for the paths of examples.
   *
   * @param path template that ends with the parameter, such as {@code /api/servers/{id}}; it also
   *     serves longer paths
   */
  public ExampleSuite object(String path, Object id) {
    objects.put(Operation.shape(path), id.toString());
    return this;
  }

  /**
   * What an example needs besides, made just before it is called: another caller, or real values.
   */
  public ExampleSuite live(String operation, Supplier<Live> live) {
    lives.put(operation, live);
    return this;
  }

  /**
   * Leaves out an operation that this platform can not carry out; it is reported as skipped, and
   * its example is only compared with its schemas.
   *
   * @param reason why not here
   */
  public ExampleSuite unproven(String operation, String reason) {
    unproven.put(operation, reason);
    return this;
  }

  /** What to do before each call, such as forgetting the counts of rate limits. */
  public ExampleSuite before(Runnable action) {
    before = action;
    return this;
  }

  /** The folder of the examples, where they are not those of the module under test. */
  public ExampleSuite folder(Path examples) {
    folder = examples;
    return this;
  }

  /** The cases, one per operation. */
  public Stream<DynamicNode> tests() {
    var document = anyone.get("/api/docs/openapi.json").json();
    var samples = new Samples(document);
    var file = ExampleFile.of(folder, feature);
    var operations =
        Operation.all(document).stream()
            .filter(operation -> operation.feature().equals(feature))
            .sorted(order())
            .toList();
    know();
    var nodes = new ArrayList<DynamicNode>();
    nodes.add(
        DynamicTest.dynamicTest("no example without operation", () -> known(operations, file)));
    operations.forEach(
        operation ->
            nodes.add(
                DynamicTest.dynamicTest(operation.id(), () -> prove(operation, samples, file))));
    return nodes.stream();
  }

  /** Proves one example now, where only this moment of a longer story allows it. */
  public void prove(String id) {
    var document = anyone.get("/api/docs/openapi.json").json();
    var operation =
        Operation.all(document).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new AssertionError("there is no operation " + id));
    know();
    prove(operation, new Samples(document), ExampleFile.of(folder, feature));
  }

  private void know() {
    owner.header("X-Tenant-ID").ifPresent(tidy::id);
    objects.values().forEach(tidy::id);
  }

  private void known(List<Operation> operations, ExampleFile file) {
    var ids = operations.stream().map(Operation::id).toList();
    assertThat(ids).as("operations of " + feature).isNotEmpty();
    assertThat(file.operations()).isSubsetOf(ids);
    assertThat(lives.keySet()).isSubsetOf(ids);
    assertThat(unproven.keySet()).isSubsetOf(ids);
  }

  private static Comparator<Operation> order() {
    return Comparator.comparing((Operation operation) -> operation.verb().equals("DELETE"))
        .thenComparing(operation -> !operation.verb().equals("GET"))
        .thenComparing(operation -> -operation.path().length())
        .thenComparing(Operation::id);
  }

  private void prove(Operation operation, Samples samples, ExampleFile file) {
    if (unproven.containsKey(operation.id())) {
      assertThat(new Shapes(samples).faults(operation)).isEmpty();
      Assumptions.abort(unproven.get(operation.id()));
    }
    var writing = System.getProperty("examples.write") != null;
    var example = file.of(operation.id());
    if (writing && !example.has("body") && operation.takesJson()) {
      example.set("body", samples.smallest(operation.bodySchema()));
    }
    if (!writing) {
      assertThat(operation.exemplified()).as("an example is published").isTrue();
    }
    before.run();
    var live = lives.getOrDefault(operation.id(), Live::asWritten).get();
    var call = new ExampleCall(operation, objects, live);
    var real = call.send(caller(operation), parameters(example), example.get("body"));
    if (!real.isMissingNode()) {
      assertThat(new Shapes(samples).faults(operation.answerSchema(), real))
          .as("the real answer against its schema")
          .isEmpty();
    }
    if (writing) {
      writeDown(operation, samples, call, example, real);
      file.put(operation.id(), example);
      file.write();
    } else {
      assertThat(operation.example()).as("published").isEqualTo(example);
      assertThat(mismatches(operation, samples, example.path("answer"), real)).isEmpty();
    }
  }

  private TestClient caller(Operation operation) {
    return operation.guarded() ? owner : anyone;
  }

  private static Map<String, JsonNode> parameters(ObjectNode example) {
    var parameters = new LinkedHashMap<String, JsonNode>();
    for (var parameter : example.path("parameters").properties()) {
      parameters.put(parameter.getKey(), parameter.getValue());
    }
    return parameters;
  }

  private static List<String> mismatches(
      Operation operation, Samples samples, JsonNode example, JsonNode real) {
    if (!operation.answersJson()) {
      // A file is not shown; a text is, in its first lines.
      return List.of();
    }
    if (example.isMissingNode()) {
      return List.of("the example has no answer");
    }
    var shapes = new Shapes(samples);
    var faults = shapes.faults(operation.answerSchema(), example);
    return faults.isEmpty() ? shapes.differences(operation.answerSchema(), example, real) : faults;
  }

  private void writeDown(
      Operation operation, Samples samples, ExampleCall call, ObjectNode example, JsonNode real) {
    call.written().forEach((written, value) -> tidy.know(value.asText(), written));
    var parameters = example.withObject("/parameters");
    call.sent()
        .forEach(
            (name, value) -> {
              if (!parameters.has(name)) {
                parameters.set(name, tidy.tidy(value));
              }
            });
    if (parameters.isEmpty()) {
      example.remove("parameters");
    }
    if (call.body() != null) {
      example.set("body", tidy.tidy(call.body()));
    }
    if (operation.answersJson()
        && !mismatches(operation, samples, example.path("answer"), real).isEmpty()) {
      example.set("answer", tidy.tidy(real));
    }
    if (operation.answersText() && !example.has("answer")) {
      example.set("answer", tidy.tidy(real));
    }
  }
}
