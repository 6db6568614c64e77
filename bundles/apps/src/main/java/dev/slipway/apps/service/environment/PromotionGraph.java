package dev.slipway.apps.service.environment;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentFigures;
import dev.slipway.apps.EnvironmentFigures.Counts;
import dev.slipway.apps.EnvironmentFigures.Promotion;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.data.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** How versions go from environment to environment, and how these fare. */
@Component(service = PromotionGraph.class)
public final class PromotionGraph {
  private static final Map<String, Duration> WINDOWS = new LinkedHashMap<>();

  static {
    WINDOWS.put("1h", Duration.ofHours(1));
    WINDOWS.put("24h", Duration.ofDays(1));
    WINDOWS.put("7d", Duration.ofDays(7));
  }

  private final Database database;
  private final AppStore apps;
  private final EnvironmentStore environments;
  private final List<EnvironmentFigures> sources = new CopyOnWriteArrayList<>();

  /** Made by the component runtime. */
  @Activate
  public PromotionGraph(@Reference Database database) {
    this.database = database;
    apps = new AppStore(database);
    environments = new EnvironmentStore(database);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addSource(EnvironmentFigures source) {
    sources.add(source);
  }

  public void removeSource(EnvironmentFigures source) {
    sources.remove(source);
  }

  /** The environments of the tenant, those of one app together. */
  public Graph of(Caller caller) {
    var scope = Scope.of(caller);
    return database.read(
        scope,
        () -> {
          var all = environments.all();
          var ids = all.stream().map(Environment::id).toList();
          var names =
              apps.findAll(all.stream().map(Environment::appId).distinct().toList()).stream()
                  .collect(Collectors.toMap(App::id, App::name));
          return new Graph(
              all.stream()
                  // An app that was removed since the first statement has no name any more.
                  .filter(each -> names.containsKey(each.appId()))
                  .map(each -> new Node(each, names.get(each.appId())))
                  .toList(),
              counts(scope, ids),
              promotions(scope, ids));
        });
  }

  private Map<String, Map<UUID, Counts>> counts(Scope scope, List<UUID> ids) {
    var windows = new LinkedHashMap<String, Map<UUID, Counts>>();
    WINDOWS.forEach(
        (name, time) -> {
          var counts = new HashMap<UUID, Counts>();
          for (var source : sources) {
            source
                .within(scope, ids, time)
                .forEach((id, some) -> counts.merge(id, some, Counts::or));
          }
          windows.put(name, counts);
        });
    return windows;
  }

  private Map<UUID, Promotion> promotions(Scope scope, List<UUID> ids) {
    var promotions = new HashMap<UUID, Promotion>();
    for (var source : sources) {
      source.promotions(scope, ids).forEach(promotions::putIfAbsent);
    }
    return promotions;
  }

  /**
   * All that is drawn.
   *
   * @param counts what happened, by the name of the time and the environment
   * @param promotions the last one into an environment
   */
  public record Graph(
      List<Node> nodes, Map<String, Map<UUID, Counts>> counts, Map<UUID, Promotion> promotions) {

    /** What happened in an environment, by the name of the time. */
    public Map<String, Counts> countsOf(UUID environmentId) {
      var figures = new LinkedHashMap<String, Counts>();
      counts.forEach(
          (name, all) -> figures.put(name, all.getOrDefault(environmentId, Counts.NONE)));
      return figures;
    }

    /** The last promotion into an environment. */
    public @Nullable Promotion promotionInto(UUID environmentId) {
      return promotions.get(environmentId);
    }
  }

  /** An environment and the name of its app. */
  public record Node(Environment environment, String appName) {}
}
