package dev.slipway.deployments;

import dev.slipway.api.spi.EventListener;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.resource.AppActionResource;
import dev.slipway.deployments.resource.AppDeploymentResource;
import dev.slipway.deployments.resource.AppDiagnosticResource;
import dev.slipway.deployments.resource.ArchiveResource;
import dev.slipway.deployments.resource.BuildResource;
import dev.slipway.deployments.resource.ChangesResource;
import dev.slipway.deployments.resource.ComparisonResource;
import dev.slipway.deployments.resource.DecisionResource;
import dev.slipway.deployments.resource.DeployTokenResource;
import dev.slipway.deployments.resource.DeploymentDiagnosticResource;
import dev.slipway.deployments.resource.DeploymentResource;
import dev.slipway.deployments.resource.EnvironmentDeploymentResource;
import dev.slipway.deployments.resource.GitResource;
import dev.slipway.deployments.resource.GithubHookResource;
import dev.slipway.deployments.resource.HealthScoreResource;
import dev.slipway.deployments.resource.HookResource;
import dev.slipway.deployments.resource.HookTriggerResource;
import dev.slipway.deployments.resource.InstanceResource;
import dev.slipway.deployments.resource.IntentResource;
import dev.slipway.deployments.resource.KeptVolumeResource;
import dev.slipway.deployments.resource.PolicyResource;
import dev.slipway.deployments.resource.PreviewResource;
import dev.slipway.deployments.resource.PreviewRulesResource;
import dev.slipway.deployments.resource.PreviewStopResource;
import dev.slipway.deployments.resource.PushResource;
import dev.slipway.deployments.resource.ReleaseResource;
import dev.slipway.deployments.resource.RolloutResource;
import dev.slipway.deployments.resource.SettingsResource;
import dev.slipway.deployments.resource.TrafficComparisonResource;
import dev.slipway.deployments.resource.VoteResource;
import dev.slipway.deployments.script.DeployFunction;
import dev.slipway.deployments.script.RestartFunction;
import dev.slipway.deployments.script.RollbackFunction;
import dev.slipway.deployments.script.ScaleFunction;
import dev.slipway.deployments.service.ActionCourse;
import dev.slipway.deployments.service.ActionOrders;
import dev.slipway.deployments.service.ActionService;
import dev.slipway.deployments.service.AppWatch;
import dev.slipway.deployments.service.AutoDeploys;
import dev.slipway.deployments.service.BuildService;
import dev.slipway.deployments.service.Builds;
import dev.slipway.deployments.service.CommandWatch;
import dev.slipway.deployments.service.Comparisons;
import dev.slipway.deployments.service.Decisions;
import dev.slipway.deployments.service.DeployTokenService;
import dev.slipway.deployments.service.DeploymentCourse;
import dev.slipway.deployments.service.DeploymentLog;
import dev.slipway.deployments.service.DeploymentService;
import dev.slipway.deployments.service.DiagnosisWatch;
import dev.slipway.deployments.service.DiagnosticService;
import dev.slipway.deployments.service.Drafts;
import dev.slipway.deployments.service.EnvironmentDeployments;
import dev.slipway.deployments.service.EnvironmentTeardown;
import dev.slipway.deployments.service.EnvironmentWatch;
import dev.slipway.deployments.service.Gates;
import dev.slipway.deployments.service.GitPushes;
import dev.slipway.deployments.service.GithubHooks;
import dev.slipway.deployments.service.HookService;
import dev.slipway.deployments.service.HostNames;
import dev.slipway.deployments.service.InstancesOnServer;
import dev.slipway.deployments.service.IntentService;
import dev.slipway.deployments.service.Keeping;
import dev.slipway.deployments.service.KeptVolumeService;
import dev.slipway.deployments.service.KeptVolumeWatch;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.MakerWatch;
import dev.slipway.deployments.service.Measures;
import dev.slipway.deployments.service.Mounts;
import dev.slipway.deployments.service.Orders;
import dev.slipway.deployments.service.Outcome;
import dev.slipway.deployments.service.Placement;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.PolicyService;
import dev.slipway.deployments.service.PreviewExpiry;
import dev.slipway.deployments.service.PreviewRules;
import dev.slipway.deployments.service.PreviewStop;
import dev.slipway.deployments.service.PreviewWatch;
import dev.slipway.deployments.service.Previews;
import dev.slipway.deployments.service.ProgressFeed;
import dev.slipway.deployments.service.ProjectWatch;
import dev.slipway.deployments.service.Projects;
import dev.slipway.deployments.service.Promotions;
import dev.slipway.deployments.service.Provisions;
import dev.slipway.deployments.service.PushLog;
import dev.slipway.deployments.service.PushedBranches;
import dev.slipway.deployments.service.Queue;
import dev.slipway.deployments.service.ReadinessService;
import dev.slipway.deployments.service.RelinkWatch;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.service.Renewals;
import dev.slipway.deployments.service.Returns;
import dev.slipway.deployments.service.RolloutService;
import dev.slipway.deployments.service.Rollouts;
import dev.slipway.deployments.service.Routing;
import dev.slipway.deployments.service.RunningInstances;
import dev.slipway.deployments.service.ScaleService;
import dev.slipway.deployments.service.ScoreJob;
import dev.slipway.deployments.service.Scores;
import dev.slipway.deployments.service.ScriptGate;
import dev.slipway.deployments.service.ServerWatch;
import dev.slipway.deployments.service.SettingsService;
import dev.slipway.deployments.service.SourceWatch;
import dev.slipway.deployments.service.Stages;
import dev.slipway.deployments.service.Sweep;
import dev.slipway.deployments.service.Teardown;
import dev.slipway.deployments.service.TrafficComparisons;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.service.Versions;
import dev.slipway.deployments.service.VolumeCheck;
import dev.slipway.deployments.service.VolumeSweep;
import dev.slipway.deployments.service.VolumeWatch;
import dev.slipway.deployments.service.WatchJob;
import dev.slipway.deployments.source.Archives;
import dev.slipway.deployments.source.GitReceiver;
import dev.slipway.deployments.source.GitServer;
import dev.slipway.deployments.source.Repositories;
import dev.slipway.deployments.source.SourceLinks;
import dev.slipway.deployments.source.SourceRoom;
import dev.slipway.fleet.AppContainers;
import dev.slipway.fleet.Servers;
import java.util.List;
import java.util.UUID;

/** The feature's components, made by hand. */
public final class Wiring {
  public final Engine engine;
  public final Sweep sweep;
  public final WatchJob watch;
  public final ScriptGate scripts;
  public final ScoreJob score;
  public final PreviewExpiry expiry;
  public final Removals removals;
  public final Repositories repositories;
  public final SourceLinks links;
  public final Archives archives;
  public final RestartFunction restart;
  public final RollbackFunction rollback;
  public final DeployFunction deploy;
  public final ClientWiring clients;
  public final ScaleFunction scale;
  public final Renewals renewals;
  public final VolumeSweep volumes;
  private final AppContainers containers;
  private final RestResource[] resources;
  private final List<EventListener> listeners;

  Wiring(TestDeployments test, Servers servers) {
    var platform = test.platform;
    var db = test.database;
    var json = platform.json();
    var apps = test.apps;
    var operations = test.operations;
    var fleet = new Fleet(servers, test.commands, test.edges);
    repositories = new Repositories(platform.facts());
    links = new SourceLinks(platform.facts(), platform.tokens(), platform.secrets());
    var places = new Places(apps, test.environments);
    var variables = new Variables(db, places, test.leases, platform.secrets(), json);
    var routing = new Routing(db, json, places, fleet);
    var ledger = new Ledger(db, platform.events(), operations, test.logs, platform.secrets());
    var provisions =
        new Provisions(db, places, new Mounts(db, test.volumes, ledger), test.registries);
    var orders = new Orders(json, provisions, fleet, routing, links, variables);
    removals = new Removals(db, fleet, json);
    var hostNames = new HostNames(db, places, fleet, routing, removals);
    var returns = new Returns(db, fleet, operations, removals, hostNames, places);
    var outcome = new Outcome(db, places, fleet, ledger, returns, removals);
    var rollouts = new Rollouts(db, places, fleet, ledger, test.hooks, json);
    var stages = new Stages(db, places, fleet, ledger, outcome, rollouts);
    var measures = new Measures(db, places, fleet, json);
    var scores = new Scores(db, measures, json);
    scripts = new ScriptGate(db);
    var builds = new Builds(db, variables, ledger, removals, fleet, json);
    engine =
        new Engine(
            db,
            fleet,
            json,
            new DeploymentCourse(db, orders, ledger, stages, outcome, builds),
            new ActionCourse(
                db,
                places,
                operations,
                new ActionOrders(db, apps, orders, routing, json),
                ledger,
                returns),
            new Gates(db, measures, scores, scripts, fleet, ledger));
    watch = new WatchJob(db, engine, scripts);
    score = new ScoreJob(db, scores);
    var drafts = new Drafts(variables, ledger, test.hooks, test.processes, json);
    var queue = new Queue(db, places, drafts, ledger, outcome, engine);
    var decisions = new Decisions(db, queue, outcome, ledger);
    var intents = new IntentService(db, apps, decisions);
    var versions = new Versions(repositories);
    var placement = new Placement(fleet);
    var service = new DeploymentService(db, places, versions, placement, drafts, queue);
    var hooks = new HookService(db, places, platform.events(), service);
    var promotions = new Promotions(db, places, placement, drafts, queue);
    var releases = new BuildService(db, places, service, promotions);
    var pushes = new AutoDeploys(db, apps, test.environments, platform.events(), service);
    var previews = new Previews(db, apps, test.previews, platform.events(), service);
    var teardown = new EnvironmentTeardown(db, fleet, outcome, removals, operations, engine);
    expiry = new PreviewExpiry(db, previews);
    var tokens = new DeployTokenService(db, apps, platform.events());
    platform.bound(tokens);
    var comparisons = new Comparisons(db, variables);
    var diagnostics = new DiagnosticService(db, service, apps);
    sweep = new Sweep(db, engine, removals, decisions);
    var room = new SourceRoom(platform.facts(), db, repositories);
    archives = new Archives(db, apps, platform.events(), repositories, room);
    var log = new DeploymentLog(service, test.logs);
    var gitPushes =
        new GitPushes(
            db,
            apps,
            new GitReceiver(repositories),
            room,
            new PushedBranches(
                db, platform.events(), service, new PushLog(log, platform.signals())));
    var progress = new ProgressFeed(db, apps, platform.events());
    var actions = new ActionService(db, apps, fleet, operations, engine);
    restart = new RestartFunction(actions, apps);
    rollback = new RollbackFunction(service, apps);
    deploy = new DeployFunction(service, apps);
    var running = new RunningInstances(db, apps, fleet);
    clients = new ClientWiring(test, service, progress, log, diagnostics, comparisons, running);
    renewals = new Renewals(db, test.leases, places, placement, drafts, queue);
    scale =
        new ScaleFunction(
            new ScaleService(db, apps, test.processes, new Placement(fleet), drafts, queue), apps);
    var keeping = new Keeping(db, places);
    var kept = new KeptVolumeService(db, places, test.volumes, fleet, operations, engine, json);
    resources =
        new RestResource[] {
          new KeptVolumeResource(kept),
          new AppDeploymentResource(service, progress, log, intents),
          new EnvironmentDeploymentResource(
              new EnvironmentDeployments(places, service, promotions), intents),
          new VoteResource(decisions),
          clients.pages,
          clients.parts,
          new InstanceResource(running),
          new IntentResource(intents),
          new HookResource(hooks, platform.facts()),
          new HookTriggerResource(hooks),
          new GithubHookResource(new GithubHooks(db, apps, pushes, previews, json)),
          new PushResource(pushes),
          new PreviewResource(previews),
          new PreviewStopResource(new PreviewStop(db, places, teardown)),
          new PreviewRulesResource(new PreviewRules(db, apps, platform.events())),
          new DeployTokenResource(tokens),
          new AppDiagnosticResource(diagnostics),
          new DeploymentDiagnosticResource(diagnostics),
          new ComparisonResource(comparisons),
          new ChangesResource(comparisons),
          new BuildResource(releases),
          new ReleaseResource(releases),
          new RolloutResource(new RolloutService(db, apps, platform.events())),
          new SettingsResource(
              new SettingsService(db, places, platform.events()),
              new ReadinessService(
                  db,
                  apps,
                  new VolumeCheck(db, test.volumes, test.processes, rollouts),
                  fleet,
                  versions,
                  rollouts)),
          new HealthScoreResource(scores),
          new TrafficComparisonResource(new TrafficComparisons(db, apps, measures)),
          new DecisionResource(decisions),
          new PolicyResource(new PolicyService(db, apps, platform.events())),
          new DeploymentResource(service, log),
          new AppActionResource(service, actions, progress),
          new ArchiveResource(archives),
          new GitResource(
              new GitServer(repositories, platform.tokens()),
              gitPushes,
              platform.basicAuthentication())
        };
    listeners =
        List.of(
            new CommandWatch(db, engine, removals),
            new DiagnosisWatch(db, test.logs, json),
            new AppWatch(
                db,
                repositories,
                new Teardown(db, places, fleet, operations, outcome, engine),
                keeping),
            new EnvironmentWatch(apps, hostNames, teardown, keeping),
            new ServerWatch(db, places),
            new RelinkWatch(db),
            new MakerWatch(db),
            new SourceWatch(pushes, json),
            new VolumeWatch(db, keeping),
            new KeptVolumeWatch(kept),
            new PreviewWatch(db),
            new ProjectWatch(new Projects(db, places, fleet, orders, removals, engine, json)));
    volumes = new VolumeSweep(db, test.leftovers);
    containers = new InstancesOnServer(db);
  }

  /** Names of the containers that are said to be on a server. */
  List<String> onServer(UUID tenant, UUID server) {
    return containers.on(tenant, server).stream()
        .map(AppContainers.AppContainer::containerName)
        .toList();
  }

  RestResource[] resources() {
    return resources;
  }

  List<EventListener> listeners() {
    return listeners;
  }
}
