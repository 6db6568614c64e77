package dev.slipway.apps.service.variable;

import dev.slipway.api.security.Secrets;
import dev.slipway.apps.App;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Environment;
import dev.slipway.apps.Phase;
import dev.slipway.apps.RunVariables;
import dev.slipway.apps.Stage;
import dev.slipway.apps.store.EnvVarStore;
import dev.slipway.data.Database;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lays the variables of a project, an app and an environment over each other. What is bound to
 * other stages is not there at all; of the rest the nearest of each key counts, also for the
 * phases.
 */
public final class VariableLayers {
  private final SealedValues values;
  private final EnvVarStore variables;

  public VariableLayers(Database database, Secrets secrets) {
    values = new SealedValues(secrets);
    variables = new EnvVarStore(database);
  }

  /** What the environments of an app inherit, in order of keys; whatever the stage. */
  public List<ResolvedVariable> inherited(App app) {
    return overlaid(app, null, variable -> true);
  }

  /** What an environment ends up with, in order of keys. */
  public List<ResolvedVariable> of(App app, Environment environment) {
    return overlaid(app, environment, variable -> variable.isFor(environment.stage()));
  }

  /** What a run of the app in this stage ends up with, outside of any environment. */
  public List<ResolvedVariable> of(App app, Stage stage) {
    return overlaid(app, null, variable -> variable.isFor(stage));
  }

  /** What a run of the app in this stage gets, outside of any environment. */
  public RunVariables run(App app, Stage stage) {
    return clear(of(app, stage));
  }

  /** What a run in an environment gets. */
  public RunVariables run(App app, Environment environment) {
    return clear(of(app, environment));
  }

  private List<ResolvedVariable> overlaid(
      App app, @Nullable Environment environment, Predicate<EnvVar> applies) {
    var resolved = new TreeMap<String, ResolvedVariable>();
    var environmentId = environment == null ? null : environment.id();
    for (var variable : variables.ofRun(app.projectId(), app.id(), environmentId)) {
      if (applies.test(variable)) {
        resolved.merge(
            variable.key(),
            new ResolvedVariable(variable, List.of()),
            (under, over) -> new ResolvedVariable(variable, hidden(under)));
      }
    }
    return List.copyOf(resolved.values());
  }

  private static List<String> hidden(ResolvedVariable under) {
    var layers = new ArrayList<>(under.overrides());
    layers.add(under.variable().owner().scope());
    return layers;
  }

  private RunVariables clear(List<ResolvedVariable> resolved) {
    var run = new LinkedHashMap<String, String>();
    var build = new LinkedHashMap<String, String>();
    var secret = new HashSet<String>();
    for (var each : resolved) {
      var variable = each.variable();
      var value = values.open(variable);
      if (variable.isFor(Phase.RUN)) {
        run.put(variable.key(), value);
      }
      if (variable.isFor(Phase.BUILD)) {
        build.put(variable.key(), value);
      }
      if (variable.isSecret()) {
        secret.add(variable.key());
      }
    }
    return new RunVariables(run, secret, build);
  }
}
