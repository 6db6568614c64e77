package dev.slipway.deployments;

import dev.slipway.api.spi.EventListener;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.resource.approval.DecisionResource;
import dev.slipway.deployments.resource.approval.IntentResource;
import dev.slipway.deployments.resource.approval.PolicyResource;
import dev.slipway.deployments.resource.approval.VoteResource;
import dev.slipway.deployments.resource.build.BuildResource;
import dev.slipway.deployments.resource.build.ReleaseResource;
import dev.slipway.deployments.resource.deployment.AppActionResource;
import dev.slipway.deployments.resource.deployment.AppDeploymentResource;
import dev.slipway.deployments.resource.deployment.DeploymentResource;
import dev.slipway.deployments.resource.deployment.EnvironmentDeploymentResource;
import dev.slipway.deployments.resource.diagnosis.AppDiagnosticResource;
import dev.slipway.deployments.resource.diagnosis.DeploymentDiagnosticResource;
import dev.slipway.deployments.resource.hook.DeployTokenResource;
import dev.slipway.deployments.resource.hook.GithubHookResource;
import dev.slipway.deployments.resource.hook.HookResource;
import dev.slipway.deployments.resource.hook.HookTriggerResource;
import dev.slipway.deployments.resource.overview.ChangesResource;
import dev.slipway.deployments.resource.overview.ComparisonResource;
import dev.slipway.deployments.resource.overview.InstanceResource;
import dev.slipway.deployments.resource.preview.PreviewResource;
import dev.slipway.deployments.resource.preview.PreviewRulesResource;
import dev.slipway.deployments.resource.preview.PreviewStopResource;
import dev.slipway.deployments.resource.push.ArchiveResource;
import dev.slipway.deployments.resource.push.GitResource;
import dev.slipway.deployments.resource.push.PushResource;
import dev.slipway.deployments.resource.rollout.HealthScoreResource;
import dev.slipway.deployments.resource.rollout.RolloutResource;
import dev.slipway.deployments.resource.rollout.TrafficComparisonResource;
import dev.slipway.deployments.resource.settings.SettingsResource;
import dev.slipway.deployments.resource.volume.KeptVolumeResource;
import dev.slipway.deployments.script.DeployFunction;
import dev.slipway.deployments.script.RestartFunction;
import dev.slipway.deployments.script.RollbackFunction;
import dev.slipway.deployments.script.ScaleFunction;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.service.action.ActionCourse;
import dev.slipway.deployments.service.action.ActionOrders;
import dev.slipway.deployments.service.action.ActionService;
import dev.slipway.deployments.service.action.Returns;
import dev.slipway.deployments.service.approval.Decisions;
import dev.slipway.deployments.service.approval.IntentService;
import dev.slipway.deployments.service.approval.PolicyService;
import dev.slipway.deployments.service.build.BuildService;
import dev.slipway.deployments.service.build.Builds;
import dev.slipway.deployments.service.course.CommandWatch;
import dev.slipway.deployments.service.course.DeploymentCourse;
import dev.slipway.deployments.service.course.Stages;
import dev.slipway.deployments.service.course.Sweep;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.deployment.EnvironmentDeployments;
import dev.slipway.deployments.service.deployment.Placement;
import dev.slipway.deployments.service.deployment.Promotions;
import dev.slipway.deployments.service.deployment.Renewals;
import dev.slipway.deployments.service.deployment.ScaleService;
import dev.slipway.deployments.service.deployment.Versions;
import dev.slipway.deployments.service.diagnosis.DiagnosisWatch;
import dev.slipway.deployments.service.diagnosis.DiagnosticService;
import dev.slipway.deployments.service.hook.DeployTokenService;
import dev.slipway.deployments.service.hook.GithubHooks;
import dev.slipway.deployments.service.hook.HookService;
import dev.slipway.deployments.service.hook.MakerWatch;
import dev.slipway.deployments.service.order.Orders;
import dev.slipway.deployments.service.order.ProjectWatch;
import dev.slipway.deployments.service.order.Projects;
import dev.slipway.deployments.service.order.Provisions;
import dev.slipway.deployments.service.overview.Comparisons;
import dev.slipway.deployments.service.overview.DeploymentLog;
import dev.slipway.deployments.service.overview.InstancesOnServer;
import dev.slipway.deployments.service.overview.ProgressFeed;
import dev.slipway.deployments.service.overview.RunningInstances;
import dev.slipway.deployments.service.preview.PreviewExpiry;
import dev.slipway.deployments.service.preview.PreviewRules;
import dev.slipway.deployments.service.preview.PreviewStop;
import dev.slipway.deployments.service.preview.PreviewWatch;
import dev.slipway.deployments.service.preview.Previews;
import dev.slipway.deployments.service.push.AutoDeploys;
import dev.slipway.deployments.service.push.GitPushes;
import dev.slipway.deployments.service.push.PushLog;
import dev.slipway.deployments.service.push.PushedBranches;
import dev.slipway.deployments.service.push.SourceWatch;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.service.queue.Outcome;
import dev.slipway.deployments.service.queue.Queue;
import dev.slipway.deployments.service.rollout.Gates;
import dev.slipway.deployments.service.rollout.Measures;
import dev.slipway.deployments.service.rollout.RolloutService;
import dev.slipway.deployments.service.rollout.Rollouts;
import dev.slipway.deployments.service.rollout.ScoreJob;
import dev.slipway.deployments.service.rollout.Scores;
import dev.slipway.deployments.service.rollout.ScriptGate;
import dev.slipway.deployments.service.rollout.TrafficComparisons;
import dev.slipway.deployments.service.rollout.WatchJob;
import dev.slipway.deployments.service.routing.HostNames;
import dev.slipway.deployments.service.routing.Routing;
import dev.slipway.deployments.service.settings.ReadinessService;
import dev.slipway.deployments.service.settings.SettingsService;
import dev.slipway.deployments.service.settings.VolumeCheck;
import dev.slipway.deployments.service.teardown.AppWatch;
import dev.slipway.deployments.service.teardown.EnvironmentTeardown;
import dev.slipway.deployments.service.teardown.EnvironmentWatch;
import dev.slipway.deployments.service.teardown.RelinkWatch;
import dev.slipway.deployments.service.teardown.ServerWatch;
import dev.slipway.deployments.service.teardown.Teardown;
import dev.slipway.deployments.service.volume.Keeping;
import dev.slipway.deployments.service.volume.KeptVolumeService;
import dev.slipway.deployments.service.volume.KeptVolumeWatch;
import dev.slipway.deployments.service.volume.Mounts;
import dev.slipway.deployments.service.volume.VolumeSweep;
import dev.slipway.deployments.service.volume.VolumeWatch;
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
    var kept = new KeptVolumeService(db, places, test.volumes, fleet, operations, json);
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
            new KeptVolumeWatch(kept, engine),
            new PreviewWatch(db),
            new ProjectWatch(new Projects(db, places, fleet, orders, removals, json), engine));
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
