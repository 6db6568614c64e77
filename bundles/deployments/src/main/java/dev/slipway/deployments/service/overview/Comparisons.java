package dev.slipway.deployments.service.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is different between two deployments; of variables the keys alone. */
@Component(service = Comparisons.class)
public final class Comparisons {
  private static final Pattern GITHUB =
      Pattern.compile("https://github\\.com/([\\w.-]+)/([\\w.-]+?)(?:\\.git)?/?");

  private final Database database;
  private final DeploymentStore deployments;
  private final Variables variables;

  @Activate
  public Comparisons(@Reference Database database, @Reference Variables variables) {
    this.database = database;
    deployments = new DeploymentStore(database);
    this.variables = variables;
  }

  /** Names that came, went, or mean something else. */
  public record Names(List<String> added, List<String> removed, List<String> changed) {
    static Names of(Map<String, String> from, Map<String, String> to) {
      var added = new TreeSet<>(to.keySet());
      added.removeAll(from.keySet());
      var removed = new TreeSet<>(from.keySet());
      removed.removeAll(to.keySet());
      var changed = new TreeSet<>(from.keySet());
      changed.retainAll(to.keySet());
      changed.removeIf(key -> Objects.equals(from.get(key), to.get(key)));
      return new Names(List.copyOf(added), List.copyOf(removed), List.copyOf(changed));
    }
  }

  /** A setting that is different. */
  public record Setting(String path, @Nullable Object from, @Nullable Object to) {}

  /** Host names that came or went. */
  public record Domains(List<String> added, List<String> removed) {}

  /** What is run. */
  public record Image(@Nullable String from, @Nullable String to, boolean changed) {}

  /** Two deployments side by side. */
  public record Diff(
      UUID from, UUID to, Names envKeys, List<Setting> config, Domains domains, Image image) {}

  /** What a deployment brought, against the one that was live before. */
  public record Changes(
      UUID deploymentId,
      @Nullable UUID previousDeploymentId,
      @Nullable String commitSha,
      @Nullable String previousCommitSha,
      @Nullable String compareUrl,
      Names envChanges) {}

  /** Puts two deployments of the tenant side by side. */
  public Diff diff(Caller caller, UUID from, UUID to) {
    return database.read(Scope.of(caller), () -> diff(require(from, "from"), require(to, "to")));
  }

  private DeploymentRow require(UUID id, String parameter) {
    return deployments.find(id).orElseThrow(() -> DeploymentsError.NOT_FOUND.at(parameter));
  }

  private Diff diff(DeploymentRow from, DeploymentRow to) {
    return new Diff(
        from.id(),
        to.id(),
        Names.of(variables.hashes(from), variables.hashes(to)),
        config(from.recipe(), to.recipe()),
        domains(host(from), host(to)),
        new Image(from.image(), to.image(), !Objects.equals(from.image(), to.image())));
  }

  private static List<Setting> config(
      Map<String, @Nullable Object> from, Map<String, @Nullable Object> to) {
    var names = new TreeSet<>(from.keySet());
    names.addAll(to.keySet());
    var different = new ArrayList<Setting>();
    for (var name : names) {
      if (!Objects.equals(from.get(name), to.get(name))) {
        different.add(new Setting(name, from.get(name), to.get(name)));
      }
    }
    return different;
  }

  private static @Nullable String host(DeploymentRow row) {
    return row.previewUrl() == null ? null : URI.create(row.previewUrl()).getHost();
  }

  private static Domains domains(@Nullable String from, @Nullable String to) {
    if (Objects.equals(from, to)) {
      return new Domains(List.of(), List.of());
    }
    return new Domains(
        to == null ? List.of() : List.of(to), from == null ? List.of() : List.of(from));
  }

  /** What a deployment brought. */
  public Changes changes(Caller caller, UUID appId, UUID id) {
    return database.read(
        Scope.of(caller),
        () -> {
          var row =
              deployments
                  .find(id)
                  .filter(found -> found.appId().equals(appId))
                  .orElseThrow(DeploymentsError.NOT_FOUND::of);
          var before = deployments.previous(row).orElse(null);
          return new Changes(
              id,
              before == null ? null : before.id(),
              row.commitSha(),
              before == null ? null : before.commitSha(),
              before == null ? null : compareUrl(before, row),
              Names.of(
                  before == null ? Map.of() : variables.hashes(before), variables.hashes(row)));
        });
  }

  private static @Nullable String compareUrl(DeploymentRow from, DeploymentRow to) {
    var repository = to.recipe().get("repository_url");
    if (!(repository instanceof String url) || from.commitSha() == null || to.commitSha() == null) {
      return null;
    }
    var known = GITHUB.matcher(url);
    return known.matches()
        ? "https://github.com/%s/%s/compare/%s...%s"
            .formatted(known.group(1), known.group(2), from.commitSha(), to.commitSha())
        : null;
  }
}
