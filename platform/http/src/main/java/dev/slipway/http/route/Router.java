package dev.slipway.http.route;

import dev.slipway.http.json.JsonBodies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ApplicationHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which bundle serves which route. A change builds the new application beside the old one,
 * publishes it, and lets the old one finish what is inside; a bundle whose routes are not
 * acceptable is refused as a whole and changes nothing.
 */
public final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final String HOUSE = "";
  private static final String PLUGINS = "/api/plugins/";

  private final Function<Collection<Object>, ApplicationHandler> build;
  private final Map<String, BundleRoutes> accepted = new LinkedHashMap<>();
  private final Map<Owner, Withdrawn> replaced = new HashMap<>();
  private final Map<String, List<String>> refused = new ConcurrentHashMap<>();
  private final Map<String, List<Gone>> absent = new ConcurrentHashMap<>();
  private volatile Map<String, Generation> mounts = Map.of();
  private volatile boolean starting;

  /**
   * An empty router.
   *
   * @param build makes an application of resource instances
   */
  public Router(Function<Collection<Object>, ApplicationHandler> build) {
    this.build = build;
    publish(HOUSE, List.of());
  }

  /** Enters the application that serves a path; the caller must let the request out again. */
  public Generation enter(String path) {
    while (true) {
      var generation = serving(path);
      if (generation.enter()) {
        return generation;
      }
    }
  }

  /** The application that serves a path now; one that was entered earlier may lack its route. */
  public Generation serving(String path) {
    var current = mounts;
    var plugin = path.startsWith(PLUGINS) ? current.get(pluginOf(path)) : null;
    return plugin == null ? current.get(HOUSE) : plugin;
  }

  /**
   * Takes bundles in, all those that are acceptable; one build for all of them, and more only where
   * that one fails.
   */
  public synchronized void add(Map<Owner, List<Object>> bundles) {
    var house = new ArrayList<BundleRoutes>();
    for (var entry : bundles.entrySet()) {
      var owner = entry.getKey();
      var candidate = acceptable(owner, entry.getValue(), house);
      if (candidate == null) {
        continue;
      }
      if (owner.plugin()) {
        buildable(List.of(candidate), owner.id())
            .ifPresent(application -> accept(List.of(candidate), owner.id(), application));
      } else {
        house.add(candidate);
      }
    }
    if (!house.isEmpty()) {
      addHouse(house);
    }
  }

  private void addHouse(List<BundleRoutes> added) {
    try {
      accept(added, HOUSE, application(housed(added)));
    } catch (RuntimeException | LinkageError failure) {
      // What one bundle gets wrong must not keep the others out.
      LOG.debug("not all of {} can be built", added, failure);
      var sound = added.stream().filter(this::soundAlone).toList();
      accept(sound, HOUSE, application(housed(sound)));
    }
  }

  private boolean soundAlone(BundleRoutes bundle) {
    var alone = buildable(List.of(bundle), bundle.owner().id());
    alone.ifPresent(application -> application.onShutdown(null));
    return alone.isPresent();
  }

  private void accept(List<BundleRoutes> added, String mount, ApplicationHandler application) {
    for (var bundle : added) {
      var owner = bundle.owner();
      var older = accepted.put(owner.id(), bundle);
      if (older != null && !older.owner().equals(owner)) {
        replaced.put(older.owner(), new Withdrawn(older, mounts.get(mount)));
      }
    }
    mount(mount, mount.equals(HOUSE) ? housed(List.of()) : added, application);
    // Last, so that a request that missed the route finds it absent, or served by another by now.
    added.forEach(bundle -> absent.remove(bundle.owner().id()));
  }

  /** The house's bundles, once some have been added. */
  private List<BundleRoutes> housed(List<BundleRoutes> added) {
    var all = new LinkedHashMap<>(accepted);
    added.forEach(bundle -> all.put(bundle.owner().id(), bundle));
    return all.values().stream().filter(bundle -> !bundle.owner().plugin()).toList();
  }

  /** An application of them, or nothing and the reason among the refusals. */
  private Optional<ApplicationHandler> buildable(List<BundleRoutes> bundles, String id) {
    try {
      return Optional.of(application(bundles));
    } catch (RuntimeException | LinkageError failure) {
      LOG.error("resources can not be built", failure);
      refuse(id, List.of("its resources can not be built: " + failure.getMessage()));
      return Optional.empty();
    }
  }

  private ApplicationHandler application(List<BundleRoutes> bundles) {
    return build.apply(bundles.stream().flatMap(bundle -> bundle.resources().stream()).toList());
  }

  /**
   * Takes a bundle out: no new request reaches it from now on, and those in flight may finish.
   * Where another instance has taken over already, only the old one's requests are waited for;
   * where it had taken over from an older one that is still there, that one serves again.
   *
   * @return whether they all did
   */
  public boolean remove(Owner owner, Duration drain) {
    Withdrawn gone;
    synchronized (this) {
      gone = replaced.remove(owner);
      var serving = accepted.get(owner.id());
      if (gone == null && serving != null && serving.owner().equals(owner)) {
        gone = withdraw(serving);
      }
    }
    return gone == null || drained(gone, drain);
  }

  private Withdrawn withdraw(BundleRoutes serving) {
    var id = serving.owner().id();
    var before = mounts.get(mount(serving.owner()));
    var older = older(id);
    if (older == null) {
      accepted.remove(id);
      absent.put(id, serving.routes().stream().map(Gone::of).toList());
    } else {
      replaced.remove(older.owner());
      accepted.put(id, older);
    }
    if (!serving.owner().plugin()) {
      publishHouse();
    } else if (older == null) {
      unmount(id);
    } else {
      publish(id, List.of(older));
    }
    return new Withdrawn(serving, before);
  }

  /** The instance from which the serving one has taken over, while it is still there. */
  private @Nullable BundleRoutes older(String id) {
    return replaced.entrySet().stream()
        .filter(entry -> entry.getKey().id().equals(id))
        .max(Comparator.comparing(entry -> entry.getKey().instance()))
        .map(entry -> entry.getValue().routes())
        .orElse(null);
  }

  private static boolean drained(Withdrawn gone, Duration drain) {
    // A request that entered before the swap may not have found its route yet.
    var matched = gone.before().unmatched().awaitNone(drain);
    var drained = gone.routes().drain(drain) && matched;
    if (!drained) {
      LOG.warn("{} stops with requests in flight after {}", gone.routes().owner().id(), drain);
    }
    JsonBodies.forgetTypes();
    return drained;
  }

  private static String mount(Owner owner) {
    return owner.plugin() ? owner.id() : HOUSE;
  }

  /** Forgets an uninstalled bundle: its routes are simply unknown from now on. */
  public void forget(String id) {
    absent.remove(id);
    refused.remove(id);
  }

  /**
   * The bundle that would serve this path were it active; all below a plugin's own path would be
   * for the plugin.
   */
  public Optional<String> absentOwner(String verb, String path) {
    if (path.startsWith(PLUGINS) && absent.containsKey(pluginOf(path))) {
      return Optional.of(pluginOf(path));
    }
    return absent.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(gone -> gone.matches(verb, path)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Bundles are still coming: what is unknown now may be there in a moment. */
  public void beginStart() {
    starting = true;
  }

  /** Ends {@link #beginStart}. */
  public void endStart() {
    starting = false;
  }

  public boolean starting() {
    return starting;
  }

  /** Notes routes of a bundle that is installed but not active. */
  public void noteAbsent(String id, List<String> verbsAndPaths) {
    absent.put(id, verbsAndPaths.stream().map(Gone::parse).toList());
  }

  /** Why a bundle's routes were refused; empty where they were not. */
  public List<String> refusal(String id) {
    return refused.getOrDefault(id, List.of());
  }

  /** Ends every stream, so that a stop need not wait for clients that only listen. */
  public void endStreams() {
    bundles().forEach(BundleRoutes::endStreams);
  }

  /** All bundles that are being served. */
  public synchronized List<BundleRoutes> bundles() {
    return List.copyOf(accepted.values());
  }

  private @Nullable BundleRoutes acceptable(
      Owner owner, List<Object> resources, List<BundleRoutes> alsoAdded) {
    var faults = new ArrayList<String>();
    var routes = new ArrayList<Route>();
    resources.forEach(it -> scan(owner, it.getClass(), routes, faults));
    var names = new HashMap<String, String>();
    var shapes = new HashMap<String, String>();
    for (var other : Stream.concat(accepted.values().stream(), alsoAdded.stream()).toList()) {
      if (!other.owner().id().equals(owner.id())) {
        other.routes().forEach(route -> names.put(route.operation(), other.owner().id()));
        other.routes().forEach(route -> shapes.put(route.shape(), other.owner().id()));
      }
    }
    for (var route : routes) {
      clash(names.put(route.operation(), owner.id()), "operation " + route.operation(), owner)
          .ifPresent(faults::add);
      clash(
              shapes.put(route.shape(), owner.id()),
              "route " + route.verb() + " " + route.path(),
              owner)
          .ifPresent(faults::add);
    }
    if (!faults.isEmpty()) {
      refuse(owner.id(), faults);
      return null;
    }
    refused.remove(owner.id());
    return new BundleRoutes(owner, resources, routes);
  }

  private void refuse(String id, List<String> faults) {
    refused.put(id, List.copyOf(faults));
    LOG.error("routes of {} refused: {}", id, String.join("; ", faults));
  }

  private static void scan(
      Owner owner, Class<?> resource, List<Route> routes, List<String> faults) {
    try {
      routes.addAll(Route.scan(owner, resource, faults));
    } catch (LinkageError failure) {
      faults.add(resource.getName() + " can not be loaded: " + failure.getMessage());
    }
  }

  private static Optional<String> clash(@Nullable String other, String what, Owner owner) {
    return Optional.ofNullable(other)
        .map(id -> what + " of " + owner.id() + " is already served by " + id);
  }

  private void publishHouse() {
    publish(HOUSE, housed(List.of()));
  }

  private void publish(String mount, List<BundleRoutes> bundles) {
    mount(mount, bundles, application(bundles));
  }

  private void mount(String mount, List<BundleRoutes> bundles, ApplicationHandler application) {
    var base = mount.isEmpty() ? "/" : PLUGINS + mount + "/";
    var changed = new TreeMap<>(mounts);
    var before = changed.put(mount, new Generation(base, application, bundles));
    mounts = Map.copyOf(changed);
    if (before != null) {
      before.retire();
    }
  }

  private void unmount(String id) {
    var changed = new TreeMap<>(mounts);
    var before = changed.remove(id);
    mounts = Map.copyOf(changed);
    if (before != null) {
      before.retire();
    }
  }

  private static String pluginOf(String path) {
    var end = path.indexOf('/', PLUGINS.length());
    return path.substring(PLUGINS.length(), end < 0 ? path.length() : end);
  }

  /** Routes that no new request reaches, and the generation through which the last ones came. */
  private record Withdrawn(BundleRoutes routes, Generation before) {}

  /** A route whose bundle is not active. */
  private record Gone(String verb, Pattern path) {
    static Gone of(Route route) {
      return new Gone(route.verb(), pattern(route.path()));
    }

    static Gone parse(String verbAndPath) {
      var parts = verbAndPath.split(" ", 2);
      return new Gone(parts[0], pattern(parts[1]));
    }

    boolean matches(String verb, String path) {
      return this.verb.equals(verb) && this.path.matcher(path).matches();
    }

    private static Pattern pattern(String template) {
      var regex = new StringBuilder();
      for (var part : template.split("(?=\\{)|(?<=})")) {
        regex.append(part.startsWith("{") ? "[^/]+" : Pattern.quote(part));
      }
      return Pattern.compile(regex + "/?");
    }
  }
}
