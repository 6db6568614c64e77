package dev.slipway.scripts.service;

import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.JsonSchema;
import dev.slipway.api.platform.JsonSchemas;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.api.spi.ScriptHook;
import dev.slipway.scripts.ScriptsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hooks and functions of all bundles. One whose schemas can not be read, or whose name is taken, is
 * logged and not offered: of two of one name the first stays.
 */
@Component(service = Registry.class)
public final class Registry {
  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

  private final Json json;
  private final JsonSchemas schemas;
  private final List<Hook> house;
  private final List<Entry<ScriptHook, Hook>> hooks = new ArrayList<>();
  private final List<Entry<ScriptApi, Function>> functions = new ArrayList<>();

  private volatile Catalogue catalogue;

  private record Entry<S, T>(S service, T read) {}

  /**
   * A hook with what its scripts have.
   *
   * @param functions by name
   * @param names of the functions
   */
  record Offer(Hook hook, Map<String, Function> functions, Set<String> names) {}

  /** What is there, put in order when it changes and not with every run. */
  private record Catalogue(List<Hook> hooks, List<Function> functions, Map<String, Offer> offers) {}

  /** Made by the component runtime. */
  @Activate
  public Registry(@Reference Json json, @Reference JsonSchemas schemas) {
    this.json = json;
    this.schemas = schemas;
    house = HouseHook.all(json).stream().map(this::read).toList();
    catalogue = catalogue();
  }

  /** A bundle offers a hook. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeHook")
  public synchronized void addHook(ScriptHook hook) {
    try {
      if (find(hook.name()).isPresent()) {
        throw new IllegalArgumentException("there is one of that name already");
      }
      hooks.add(new Entry<>(hook, read(hook)));
      catalogue = catalogue();
    } catch (IllegalArgumentException fault) {
      LOG.warn("hook {} is not offered: {}", hook.name(), fault.getMessage());
    }
  }

  /** A bundle takes its hook away. */
  public synchronized void removeHook(ScriptHook hook) {
    hooks.removeIf(entry -> entry.service() == hook);
    catalogue = catalogue();
  }

  /** A bundle offers a function. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeApi")
  public synchronized void addApi(ScriptApi api) {
    try {
      if (functions().stream().anyMatch(known -> clash(known.api().name(), api.name()))) {
        throw new IllegalArgumentException("the name is taken");
      }
      functions.add(new Entry<>(api, read(api)));
      catalogue = catalogue();
    } catch (IllegalArgumentException fault) {
      LOG.warn("script function {} is not offered: {}", api.name(), fault.getMessage());
    }
  }

  /** A bundle takes its function away. */
  public synchronized void removeApi(ScriptApi api) {
    functions.removeIf(entry -> entry.service() == api);
    catalogue = catalogue();
  }

  /** A function can not have functions below itself. */
  private static boolean clash(String one, String other) {
    return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
  }

  /** All hooks, by name. */
  public List<Hook> hooks() {
    return catalogue.hooks();
  }

  Optional<Hook> find(String name) {
    return offer(name).map(Offer::hook);
  }

  /** A hook and the functions that its scripts have. */
  Optional<Offer> offer(String hook) {
    return Optional.ofNullable(catalogue.offers().get(hook));
  }

  /** Refuses with 400 at {@code hook}. */
  Hook require(String name) {
    return find(name).orElseThrow(() -> ScriptsError.HOOK_UNKNOWN.at("hook", name));
  }

  /** All functions, by name. */
  public List<Function> functions() {
    return catalogue.functions();
  }

  /** The functions that scripts at a hook have, by name. */
  public List<Function> functions(Hook hook) {
    return offered(hook, functions());
  }

  private static List<Function> offered(Hook hook, List<Function> all) {
    return all.stream()
        .filter(function -> !hook.withheld().contains(function.api().name()))
        .toList();
  }

  private Catalogue catalogue() {
    var allHooks =
        Stream.concat(house.stream(), hooks.stream().map(Entry::read))
            .sorted(Comparator.comparing(Hook::name))
            .toList();
    var allFunctions =
        functions.stream()
            .map(Entry::read)
            .sorted(Comparator.comparing(function -> function.api().name()))
            .toList();
    return new Catalogue(
        allHooks,
        allFunctions,
        allHooks.stream().collect(Collectors.toMap(Hook::name, hook -> offer(hook, allFunctions))));
  }

  private static Offer offer(Hook hook, List<Function> all) {
    var functions =
        offered(hook, all).stream()
            .collect(Collectors.toMap(function -> function.api().name(), UnaryOperator.identity()));
    return new Offer(hook, functions, Set.copyOf(functions.keySet()));
  }

  private Hook read(ScriptHook hook) {
    if (!hook.name().matches("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*")) {
      throw new IllegalArgumentException("its name is not lower-case words with dots");
    }
    var timeout = hook.timeout();
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException("its timeout is not in 1 ms to 30 s");
    }
    var input = schema(hook.input());
    var sample = object(hook.sampleEvent());
    var faults = input.mismatches(sample);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("its sample does not fit: " + faults.getFirst());
    }
    return new Hook(
        hook.name(),
        hook.summary(),
        input,
        schema(hook.result()),
        schema(hook.filter()),
        hook.withheld(),
        timeout,
        sample);
  }

  private Function read(ScriptApi api) {
    if (!api.name().matches("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*")
        || List.of("log", "event", "now").contains(api.name().split("\\.", 2)[0])) {
      throw new IllegalArgumentException("its name can not be used");
    }
    return new Function(api, schema(api.arguments()), schema(api.result()));
  }

  private JsonSchema schema(String text) {
    return schemas.read(object(text));
  }

  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> object(String text) {
    return json.read(text, Map.class);
  }
}
