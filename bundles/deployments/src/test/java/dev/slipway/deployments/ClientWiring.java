package dev.slipway.deployments;

import dev.slipway.apps.service.PublishedDirectory;
import dev.slipway.console.service.Frames;
import dev.slipway.deployments.page.AppsEntry;
import dev.slipway.deployments.resource.overview.ConsolePageResource;
import dev.slipway.deployments.resource.overview.ConsolePartResource;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.diagnosis.DiagnosticService;
import dev.slipway.deployments.service.overview.AppOverviews;
import dev.slipway.deployments.service.overview.Comparisons;
import dev.slipway.deployments.service.overview.DeploymentLog;
import dev.slipway.deployments.service.overview.DeploymentOverviews;
import dev.slipway.deployments.service.overview.EventFeed;
import dev.slipway.deployments.service.overview.LogFeed;
import dev.slipway.deployments.service.overview.ProgressFeed;
import dev.slipway.deployments.service.overview.RunningInstances;
import dev.slipway.deployments.wire.DeploymentsGateway;

/** The feature's pages and its gRPC service, made by hand. */
public final class ClientWiring {
  public final KnownMembers members = new KnownMembers();
  public final ConsolePageResource pages;
  public final ConsolePartResource parts;
  public final DeploymentsGateway gateway;

  ClientWiring(
      TestDeployments test,
      DeploymentService service,
      ProgressFeed progress,
      DeploymentLog log,
      DiagnosticService diagnostics,
      Comparisons comparisons,
      RunningInstances running) {
    var platform = test.platform;
    var apps = platform.database("apps", ClientWiring.class.getClassLoader());
    var frames = new Frames();
    frames.addEntry(new AppsEntry());
    pages = new ConsolePageResource(frames);
    parts =
        new ConsolePartResource(
            new AppOverviews(
                test.database,
                test.apps,
                new PublishedDirectory(apps, platform.secrets()),
                test.environments,
                running),
            new DeploymentOverviews(
                test.database, test.apps, members, diagnostics, comparisons, test.environments),
            log);
    gateway =
        new DeploymentsGateway(
            service,
            progress,
            new LogFeed(service, test.logs),
            new EventFeed(platform.events()),
            test.logs,
            platform.signals());
  }
}
