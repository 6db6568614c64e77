package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;

/**
 * Holds every published operation to the platform's promises. Use it as a test factory:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> contract() {
 *   return ContractSuite.of(callers).object("/api/servers/{id}", serverId).tests();
 * }
 * }</pre>
 *
 * <p>Without further help nothing is changed on the platform under test. Where {@link #audit} is
 * given, each write is also carried out once, deletions last.
 */
public final class ContractSuite {
  private final Callers callers;
  private final Map<String, String> objects = new HashMap<>();
  private final Map<String, Object> bodies = new HashMap<>();
  private Set<String> features = Set.of();
  private Runnable before = () -> {};
  private @Nullable Function<String, List<String>> audited;

  private ContractSuite(Callers callers) {
    this.callers = callers;
  }

  /** A suite over everything that the platform of these callers publishes. */
  public static ContractSuite of(Callers callers) {
    return new ContractSuite(callers);
  }

  /** Only operations of these features, such as {@code fleet}. */
  public ContractSuite features(String... names) {
    features = Set.of(names);
    return this;
  }

  /**
   * Names an object of the owner's tenant, so that it can be asked for by others.
   *
   * @param path template that ends with the parameter, such as {@code /api/servers/{id}}; it also
   *     serves longer paths
   */
  public ContractSuite object(String path, Object id) {
    objects.put(Operation.shape(path), id.toString());
    return this;
  }

  /** A valid body for an operation, where the one that is made from its schema is refused. */
  public ContractSuite body(String operation, Object body) {
    bodies.put(operation, body);
    return this;
  }

  /** What to do before each case, such as forgetting the counts of rate limits. */
  public ContractSuite before(Runnable action) {
    before = action;
    return this;
  }

  /**
   * Lets the suite carry out writes and look for their audit rows.
   *
   * @param actions the audited actions of a request id
   */
  public ContractSuite audit(Function<String, List<String>> actions) {
    audited = actions;
    return this;
  }

  /** Carries out no write, where the parts that keep the audit are not under test. */
  public ContractSuite withoutAudit() {
    audited = null;
    return this;
  }

  /** The cases, one container per operation. */
  public Stream<DynamicNode> tests() {
    var document = callers.anyone().get("/api/docs/openapi.json").json();
    var schemas = new Samples(document);
    var operations = operations(document);
    if (operations.isEmpty()) {
      throw new IllegalStateException("nothing is published");
    }
    var nodes = new ArrayList<DynamicNode>();
    for (var operation : operations) {
      var calls = new Calls(operation, callers, objects, bodies, schemas, before);
      var cases = new Cases();
      new AccessCases(calls, callers).add(cases);
      new ParameterCases(calls).add(cases);
      new BodyCases(calls, schemas).add(cases);
      nodes.add(DynamicContainer.dynamicContainer(operation.id(), cases.all()));
    }
    nodes.add(DynamicContainer.dynamicContainer("methods", methods(document, operations, schemas)));
    nodes.add(DynamicContainer.dynamicContainer("examples", examples(operations, schemas)));
    if (audited != null) {
      nodes.add(DynamicContainer.dynamicContainer("audit", writes(operations, schemas, audited)));
    }
    return nodes.stream();
  }

  private List<Operation> operations(JsonNode document) {
    return Operation.all(document).stream()
        .filter(operation -> features.isEmpty() || features.contains(operation.feature()))
        .toList();
  }

  private Stream<DynamicNode> methods(
      JsonNode document, List<Operation> operations, Samples schemas) {
    var cases = new Cases();
    var seen = new java.util.HashSet<String>();
    for (var operation : operations) {
      if (seen.add(operation.path())) {
        var calls = new Calls(operation, callers, objects, bodies, schemas, before);
        new MethodCases(calls, Operation.verbs(document, operation.path())).add(cases);
      }
    }
    return cases.all();
  }

  /** Each operation has an example that fits its schemas; {@link ExampleSuite} calls them. */
  private Stream<DynamicNode> examples(List<Operation> operations, Samples schemas) {
    var cases = new Cases();
    var shapes = new Shapes(schemas);
    cases.add(
        "each operation has one",
        () ->
            assertThat(operations.stream().filter(it -> !it.exemplified()).map(Operation::id))
                .as("operations without an example")
                .isEmpty());
    operations.stream()
        .filter(Operation::exemplified)
        .forEach(
            operation ->
                cases.add(operation.id(), () -> assertThat(shapes.faults(operation)).isEmpty()));
    return cases.all();
  }

  private Stream<DynamicNode> writes(
      List<Operation> operations, Samples schemas, Function<String, List<String>> actions) {
    var cases = new Cases();
    operations.stream()
        .filter(operation -> !operation.verb().equals("GET") && operation.guarded())
        .sorted(
            Comparator.comparing((Operation operation) -> operation.verb().equals("DELETE"))
                .thenComparing(operation -> -operation.path().length()))
        .forEach(
            operation -> {
              var calls = new Calls(operation, callers, objects, bodies, schemas, before);
              cases.add(operation.id(), () -> calls.audited(actions));
            });
    return cases.all();
  }
}
